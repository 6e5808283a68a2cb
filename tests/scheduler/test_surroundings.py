"""Another package of one of our plain names is told apart at the start."""

import sys
from pathlib import Path

import pytest

from racewire.errors import UsageError
from scheduler.surroundings import check_packages


def test_our_own_packages_pass() -> None:
    check_packages()


def test_a_stranger_of_the_same_name_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crawling_stranger").mkdir()
    (tmp_path / "crawling_stranger" / "__init__.py").write_text("")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(UsageError, match="crawling_stranger"):
        check_packages(["crawling_stranger"])
