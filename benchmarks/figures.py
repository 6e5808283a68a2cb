"""How well and how fast sums are read, beside other libraries where they are installed.

    python benchmarks/figures.py [--lang en,vi] [--text FILE] [--seconds 3]

Accuracy: the sentence tables of tests/figures, one figure right when it overlaps the expected one and its amount and
currency are equal; the others get the point value only, because they know neither ranges nor bounds. A peer is asked
only for languages it claims. Speed: megabytes of UTF-8 a second on one core, from text to figures with dollars, on the
same sentences with five sentences without money around each, or on `--text`.

    pip install price-parser quantulum3 recognizers-text-number-with-unit     # the peers, all optional
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib import import_module
from pathlib import Path

from racewire.figures import find_figures
from tests.figures.tables import cases

LANGUAGES = [
    "en",
    "vi",
    "zh",
    "ja",
    "ko",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "ru",
    "uk",
    "tr",
    "hi",
    "ar",
    "id",
    "pl",
    "ro",
]
Found = tuple[int, int, float, str | None]
Finder = Callable[[str, str], list[Found]]
FILLER = (
    "The meeting on 12 May 2023 began at 16:00 and went on for three hours.",
    "About 2,300 people came, 35% more than the year before.",
    "Nobody would say what the second version of the model can do.",
    "The building stands on the river and has 14 floors.",
    "Members of both teams had worked on it since 2019.",
)


def ours(text: str, lang: str) -> list[Found]:
    out = []
    for f in find_figures(text, lang, published_on=date(2024, 1, 2), mentions=()):
        value = f.low if f.low is not None else f.high
        out.append((f.start, f.end, float(value or 0), f.currency))
    return out


def peers() -> dict[str, tuple[Finder, frozenset[str]]]:
    """The other libraries that can be imported, with the languages they claim for money."""
    out: dict[str, tuple[Finder, frozenset[str]]] = {}
    for name, make in (("price-parser", _price_parser), ("quantulum3", _quantulum), ("recognizers-text", _recognizers)):
        try:
            out[name] = make()
        except ImportError:
            print(f"{name}: not installed, not measured")
    return out


_NAMES = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "dollar": "USD", "euro": "EUR"}


def _price_parser() -> tuple[Finder, frozenset[str]]:
    price = import_module("price_parser").Price

    def find(text: str, lang: str) -> list[Found]:
        got = price.fromstring(text)
        at = text.find(got.amount_text or "\0")
        if got.amount is None or not got.currency or at < 0:
            return []
        return [(at, at + len(got.amount_text), float(got.amount), _NAMES.get(got.currency, got.currency))]

    return find, frozenset(LANGUAGES)


def _quantulum() -> tuple[Finder, frozenset[str]]:
    parser = import_module("quantulum3.parser")

    def find(text: str, lang: str) -> list[Found]:
        got = parser.parse(text)
        return [
            (q.span[0], q.span[1], q.value, _NAMES.get(q.unit.name, q.unit.name)) for q in got if q.unit.entity.name == "currency"
        ]

    return find, frozenset({"en"})


def _recognizers() -> tuple[Finder, frozenset[str]]:
    recognize = import_module("recognizers_number_with_unit").recognize_currency
    cultures = {"en": "en-us", "es": "es-es", "fr": "fr-fr", "pt": "pt-br", "zh": "zh-cn"}

    def find(text: str, lang: str) -> list[Found]:
        out = []
        for r in recognize(text, cultures[lang]):
            value = (r.resolution or {}).get("value")
            if value:
                number = float(value.replace(",", "."))
                out.append(
                    (
                        r.start,
                        r.end + 1,
                        number,
                        r.resolution.get("isoCurrency") or _NAMES.get(r.resolution.get("unit", "").lower()),
                    )
                )
        return out

    return find, frozenset(cultures)


def gold(lang: str) -> list[tuple[str, list[tuple[str, float, str | None]]]]:
    table = import_module(f"tests.figures.test_{lang}").TABLE
    out = []
    for sentence, lines in cases(table):
        fields = [[field.strip() for field in line.split("|")] for line in lines]
        out.append((sentence, [(f[0], float(f[1].strip("<>").split("..")[0]), None if f[2] == "-" else f[2]) for f in fields]))
    return out


def f1(find: Finder, lang: str) -> float:
    hit = expected = found = 0
    for sentence, want in gold(lang):
        got = find(sentence, lang)
        expected += len(want)
        found += len(got)
        left = list(got)
        for surface, value, currency in want:
            at = sentence.find(surface)
            match = next(
                (
                    g
                    for g in left
                    if g[0] < at + len(surface) and g[1] > at and abs(g[2] - value) <= 1e-6 * value and g[3] == currency
                ),
                None,
            )
            if match:
                hit += 1
                left.remove(match)
    return 2 * hit / max(1, expected + found)


def speed(find: Finder, texts: Iterable[tuple[str, str]], seconds: float) -> float:
    texts = list(texts)
    for lang, text in texts:
        find(text, lang)  # compiles tables
    size, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        for lang, text in texts:
            find(text, lang)
            size += len(text.encode())
            if time.process_time() - began >= seconds:
                break
    return size / 1e6 / (time.process_time() - began)


def article(lang: str) -> str:
    lines = []
    for i, (sentence, _) in enumerate(gold(lang)):
        lines.append(" ".join([FILLER[i % 5], sentence, *(FILLER[(i + k) % 5] for k in range(1, 5))]))
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lang", default=",".join(LANGUAGES))
    options.add_argument("--text", type=Path, help="measure speed on this file (UTF-8) in the first of --lang")
    options.add_argument("--seconds", type=float, default=3)
    args = options.parse_args()
    languages = args.lang.split(",")
    others = peers()
    print("language  racewire  " + "  ".join(others))
    for lang in languages:
        row = [f"{f1(find, lang):.3f}" if lang in claimed else "  –  " for find, claimed in others.values()]
        print(f"{lang:8}  {f1(ours, lang):.3f}     " + "  ".join(f"{cell:12}" for cell in row))
    texts = (
        [(languages[0], args.text.read_text(encoding="utf-8"))] if args.text else [(lang, article(lang)) for lang in languages]
    )
    print(f"racewire: {speed(ours, texts, args.seconds):.2f} MB/s")
    for name, (find, claimed) in others.items():
        part = [(lang, text[:20_000]) for lang, text in texts if lang in claimed]
        if part:
            print(f"{name}: {speed(find, part, args.seconds):.3f} MB/s")


if __name__ == "__main__":
    main()
