"""What the names of elements hint at."""

from __future__ import annotations

import pytest

from racewire.reading.names import BITS, hints_of


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        ("article-body", {"body", "article"}),
        ("articleBody", {"body", "article"}),
        ("comment-content", {"comment"}),
        ("twitter-tweet", {"quoted"}),
        ("twitter-tweet tw-align-center", {"quoted"}),
        ("instagram-media", {"quoted"}),
        ("fb-post", {"quoted"}),
        ("share-twitter", {"social"}),
        ("media-caption", {"media"}),
        ("x7f3a", set()),
    ],
)
def test_hints(names: str, kinds: set[str]) -> None:
    bits = hints_of([names])[names]
    assert {kind for kind, bit in BITS.items() if bits & bit} == kinds
