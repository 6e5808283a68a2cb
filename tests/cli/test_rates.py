"""`rates update` from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from racewire.figures import rates
from tests.cli.conftest import Run

NEWER = "Date,USD,JPY,\n2031-01-03,1.10,150.0,\n2031-01-02,1.20,151.0,\n"


@pytest.fixture
def own_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of our own for the table, and no memory of another one."""
    path = tmp_path / "data" / "rates.csv"
    monkeypatch.setattr(rates, "_current", ())
    monkeypatch.setattr(rates, "updated_file", lambda: path)
    return path


def test_a_newer_table_is_taken(run: Run, folder: Path, own_table: Path) -> None:
    (folder / "hist.csv").write_text(NEWER, "utf-8")
    done = run("rates", "update", "hist.csv")
    assert done.code == 0
    assert "rates up to 2031-01-03" in done.err
    assert own_table.read_text("utf-8") == NEWER


@pytest.mark.parametrize(
    "content", ["", "no table", "Date,JPY\n2031-01-03,1\n", "Date,USD\n1999-01-04,1.1\n", "PK\x03\x04 broken"]
)
def test_anything_else_is_refused_in_one_sentence(run: Run, folder: Path, own_table: Path, content: str) -> None:
    (folder / "hist.csv").write_text(content, "utf-8")
    done = run("rates", "update", "hist.csv")
    assert done.code == 2
    assert done.err.count("\n") == 1
    assert not own_table.exists()


def test_a_file_that_is_not_there(run: Run, folder: Path) -> None:
    assert run("rates", "update", "gone.csv").code == 2
