"""What every test of alerts leaves behind is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.alerts import workshop


@pytest.fixture(autouse=True)
def closed_desks() -> Iterator[None]:
    """Closes the archives of the desks that the test set up."""
    yield
    while workshop.OPENED:
        workshop.OPENED.pop().close()
