"""Pictures as numbers: where bars, dots and labels stand. The templates draw them as SVG.

Each chart is made twice, for wide and for narrow screens, because the letters of one picture would shrink with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Any

from racewire.render.money import short
from racewire.render.times import read

LETTER = 7.4  # width of a letter of 12 units
LINE = 13.0  # height of a line of them
GAP = 0.25  # share of a bar's place that stays empty


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars on a base line, left to right. `ticks` are labels under them, `says` the whole in words."""

    width: int
    height: int
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    says: str
    total: int


def bars(counts: Sequence[tuple[str, int]], *, what: str, every: str, width: int, height: int, top: int = 0) -> Bars:
    """`counts` are ISO days with what was counted from then on; `top` is the count of a full bar (default: the greatest)."""
    total = sum(count for _, count in counts)
    most = max([top, *(count for _, count in counts)]) or 1
    small = height < 60
    base = height - (1.0 if small else 20.0)
    room = base - (1.0 if small else 16.0)
    step = width / max(1, len(counts))
    drawn = []
    for number, (day, count) in enumerate(counts):
        tall = max(room * count / most, 1.5) if count else 0.0
        left = number * step + step * GAP / 2
        label = "" if small or not count else str(count)
        drawn.append(
            Bar(round(left, 1), round(base - tall, 1), round(step * (1 - GAP), 1), round(tall, 1), label, f"{day}: {count}")
        )
    ticks = () if small else _months([day for day, _ in counts], step)
    first, last = (counts[0][0], counts[-1][0]) if counts else ("", "")
    says = f"{total} {what}{'' if total == 1 else 's'} from {first} to {last}, by {every}; at most {max((c for _, c in counts), default=0)}"
    return Bars(width, height, base, tuple(drawn), ticks, says, total)


def _months(days: Sequence[str], step: float) -> tuple[tuple[float, str], ...]:
    """The name of each month under the first bar that begins in it, where there is room."""
    ticks: list[tuple[float, str]] = []
    for number, day in enumerate(days):
        new = number == 0 or day[:7] != days[number - 1][:7]
        place = round(number * step, 1)
        if new and (not ticks or place - ticks[-1][0] > 60):
            ticks.append((place, date.fromisoformat(day).strftime("%b %Y")))
    return tuple(ticks)


@dataclass(frozen=True, slots=True)
class Dot:
    """A raise: `y` is the height of the sum shown first, `low` and `high` those of the least and the greatest, `x` its day."""

    x: float
    y: float
    low: float
    high: float
    radius: float
    label: str
    label_x: float
    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Scatter:
    """Raises over time on a logarithmic scale of US dollars."""

    width: int
    height: int
    left: float
    lines: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str, str], ...]
    dots: tuple[Dot, ...]
    says: str


def scatter(raises: Sequence[dict[str, Any]], *, width: int, height: int) -> Scatter | None:
    """Rows with `reported_at`, `least`, `most` (USD), `range`, `surface`, `reports`; None where none has a sum in USD."""
    found = [(day.date(), row) for row in raises if row["least"] and row["most"] and (day := read(row["reported_at"]))]
    if not found:
        return None
    first, last = min(day for day, _ in found), max(day for day, _ in found)
    bottom, top = _decades([sum for _, row in found for sum in (row["least"], row["most"])])
    left, right, floor_y = 52.0, width - 20.0, height - 26.0

    def x(day: date) -> float:
        span = (last - first).days
        return left + 24 + (right - left - 48) * ((day - first).days / span if span else 0.5)

    def y(amount: float) -> float:
        return floor_y - (floor_y - 16) * (log10(amount) - bottom) / (top - bottom)

    newest = sorted(found, key=lambda pair: pair[0], reverse=True)
    dots = tuple(_dots([(round(x(day), 1), row) for day, row in newest], y, right))
    lines = tuple((round(y(10.0**power), 1), "$" + short(10.0**power)) for power in range(bottom, top + 1))
    months = f"{first:%b %Y}" if (first.year, first.month) == (last.year, last.month) else f"{first:%b %Y} to {last:%b %Y}"
    says = f"{len(found)} raise{'' if len(found) == 1 else 's'} in US dollars on a logarithmic scale, {months}"
    ends = {round(x(first), 1): f"{first:%b %Y}", round(x(last), 1): f"{last:%b %Y}"}
    return Scatter(width, height, left, lines, tuple((at, text, "middle") for at, text in ends.items()), dots, says)


def _decades(sums: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around the sums."""
    bottom, top = floor(log10(max(1.0, min(sums)))), ceil(log10(max(10.0, *sums)))
    return (bottom, top) if top > bottom else (bottom, bottom + 1)


def _dots(found: Sequence[tuple[float, dict[str, Any]]], y: Callable[[float], float], right: float) -> Iterator[Dot]:
    """The newest first. A label stands to the right of its dot, else to the left, and is left out where another one is already."""
    taken: list[tuple[float, float, float]] = []  # from, to, height
    for x, row in found:
        at, low, high = (
            round(y(sum), 1) for sum in (row["usd_low"] or row["usd_high"] or row["least"], row["least"], row["most"])
        )
        radius = 4.0 + min(int(row["reports"]), 8) / 2
        label = row["range"] or "$" + short(row["least"])
        gap, long = radius + 5, len(label) * LETTER
        sides = ((x + gap, x + gap + long, "start"), (x - gap - long, x - gap, "end"))
        free = [side for side in sides if side[0] >= 0 and side[1] <= right + 12 and not _meets(side, at, taken)]
        left, end, anchor = free[0] if free else (x, x, "start")
        taken.append((min(left, x - radius), max(end, x + radius), at))
        title = f"{row['surface']} · {row['reports']} report{'' if row['reports'] == 1 else 's'}"
        yield Dot(x, at, low, high, radius, label if free else "", round(left if anchor == "start" else end, 1), anchor, title)


def _meets(side: tuple[float, float, str], at: float, taken: Sequence[tuple[float, float, float]]) -> bool:
    return any(side[0] < end and begin < side[1] and abs(at - height) < LINE for begin, end, height in taken)


def shares(sums: Sequence[tuple[str, float]]) -> list[dict[str, Any]]:
    """Each sum with its length in percent of the greatest, and in words."""
    most = max((sum for _, sum in sums), default=0.0) or 1.0
    return [{"name": name, "percent": round(max(100 * sum / most, 0.5), 1), "sum": "$" + short(sum)} for name, sum in sums]
