"""Content encodings: back as it was, or refused; never half of it."""

from __future__ import annotations

import gzip
import time
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.problems import Trouble
from crawler.unpack import unpack

PACKERS = {
    "gzip": gzip.compress,
    "br": brotli.compress,
    "deflate": zlib.compress,
    "raw deflate": lambda body: zlib.compress(body)[2:-4],
}


@pytest.mark.parametrize("name", PACKERS)
@given(body=st.binary(min_size=1, max_size=3000))
@settings(max_examples=40, deadline=None)
def test_what_was_packed_comes_back(name: str, body: bytes) -> None:
    assert unpack(PACKERS[name](body), name.rpartition(" ")[2], 3000, "http://a.example/") == body


@pytest.mark.parametrize("name", PACKERS)
@given(body=st.binary(min_size=50, max_size=500), share=st.floats(0.05, 0.95))
@settings(max_examples=40, deadline=None)
def test_what_was_cut_is_never_taken_for_whole(name: str, body: bytes, share: float) -> None:
    packed = PACKERS[name](body)
    with pytest.raises(Trouble) as trouble:
        unpack(packed[: int(len(packed) * share)] or packed[:1], name.rpartition(" ")[2], 500, "http://a.example/")
    assert trouble.value.problem in ("truncated", "bad-encoding")


@pytest.mark.parametrize("name", ["gzip", "br", "deflate"])
def test_a_bomb_is_refused_at_the_limit(name: str) -> None:
    bomb = brotli.compress(bytes(50_000_000), quality=1) if name == "br" else PACKERS[name](bytes(50_000_000))
    began = time.process_time()
    with pytest.raises(Trouble) as trouble:
        unpack(bomb, name, 1_000_000, "http://a.example/")
    assert trouble.value.problem == "too-large"
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("encoding", "problem"),
    [("zstd", "bad-encoding"), ("gzip, gzip, gzip", "bad-encoding"), ("gzip", "bad-encoding"), ("br", "bad-encoding")],
)
def test_what_is_not_packed_as_it_says_is_refused(encoding: str, problem: str) -> None:
    with pytest.raises(Trouble) as trouble:
        unpack(b"plain text, not packed", encoding, 1000, "http://a.example/")
    assert trouble.value.problem == problem


def test_packed_twice_or_not_at_all_is_fine() -> None:
    assert unpack(gzip.compress(gzip.compress(b"news")), "gzip, gzip", 1000, "x") == b"news"
    assert unpack(b"news", "identity", 1000, "x") == b"news"
    assert unpack(b"", "gzip", 1000, "x") == b""
