"""Dollars on a day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from racewire.errors import UsageError
from racewire.figures import find_figures, rates


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    target = tmp_path / "data" / "rates.csv"
    monkeypatch.setenv("RACEWIRE_RATES", str(target))
    monkeypatch.setattr(rates, "_current", ())
    rates.rate.cache_clear()
    yield target
    rates._current = ()
    rates.rate.cache_clear()


def test_the_fixing_of_the_day() -> None:
    [figure] = find_figures("Giá thuê 50 NDT mỗi giờ", "vi", published_on=date(2023, 6, 29), mentions=())
    assert (figure.usd_low, figure.rate_on, figure.rate_source) == (Decimal("6.91"), date(2023, 6, 29), "ecb")


def test_a_weekend_takes_the_last_fixing_before() -> None:
    found = rates.rate("EUR", date(2023, 7, 2))
    assert found is not None
    assert (found.on, found.stale) == (date(2023, 6, 30), False)


def test_a_currency_without_fixing_comes_from_the_table() -> None:
    found = rates.usd(Decimal(2_500_000_000_000), "VND", date(2023, 6, 29))
    assert found is not None
    amount, rate = found
    assert rate.source == "table"
    assert 100_000_000 < amount < 112_000_000


def test_a_peg_holds_on_any_day() -> None:
    found = rates.rate("AED", date(2001, 1, 1))
    assert found is not None
    assert (found.source, found.on) == ("peg", date(2001, 1, 1))


def test_the_rouble_goes_on_after_the_bank_stopped() -> None:
    found = rates.rate("RUB", date(2024, 3, 1))
    assert found is not None
    assert found.source == "table"
    assert 80 < 1 / found.value < 100


def test_a_day_long_after_the_last_fixing_is_stale() -> None:
    found = rates.rate("EUR", date(2099, 1, 1))
    assert found is not None
    assert found.stale


def test_unknown_currency_is_no_failure() -> None:
    [figure] = find_figures("It cost 3 billion kip", "en", mentions=())
    assert (figure.currency, figure.usd_low, figure.rate_on) == ("LAK", None, None)


def test_update_takes_a_newer_table(own_file: Path) -> None:
    assert rates.update(b"Date,USD,JPY,\n2098-12-31,2.0,300,\n2098-12-30,1.9,N/A,\n") == date(2098, 12, 31)
    found = rates.rate("EUR", date(2099, 1, 1))
    assert found is not None
    assert (found.value, found.on, found.stale) == (Decimal(2), date(2098, 12, 31), False)
    assert rates.rate("JPY", date(2098, 12, 30)) is None
    assert [path.name for path in own_file.parent.iterdir()] == ["rates.csv"]


def test_update_reads_the_banks_archive(own_file: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("eurofxref-hist.csv", "Date,USD\n2098-12-31,2.0\n")
    assert rates.update(packed.getvalue()) == date(2098, 12, 31)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"<html>", b"\xff\xfe", b"Date,USD\n2000-01-03,1.0\n"])
def test_update_refuses_what_is_no_newer_table(own_file: Path, content: bytes) -> None:
    with pytest.raises(UsageError):
        rates.update(content)
    assert not own_file.exists()
