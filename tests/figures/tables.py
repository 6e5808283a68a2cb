"""Reads the tables of the language tests.

A table is text: a sentence at the margin, and under it, indented, a line for each figure that it must give:

    surface | amount | currency | role | further marks

The amount is a number (`50e6`), both ends (`2e9..3e9`), `>5e9` for "more than" or `<5e9` for "up to". Role and marks may be left
out: `planned`, `reported`, `denied`, `approx`, `cumulative`, `series-b`, `per month`, `to openai` (recipient, id or name), `by nvidia`
(payer). A sentence without lines must give no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from racewire.figures import find_figures
from racewire.model import Figure, Mention


def cases(table: str) -> list[tuple[str, list[str]]]:
    """The sentences of a table, each with its lines."""
    out: list[tuple[str, list[str]]] = []
    for line in filter(str.strip, table.splitlines()):
        if line.startswith(" "):
            out[-1][1].append(line.strip())
        else:
            out.append((line.strip(), []))
    return out


def check(lang: str, sentence: str, lines: Sequence[str], mentions: Sequence[Mention] = ()) -> None:
    figures = find_figures(sentence, lang, mentions=mentions)
    found = [f"{f.surface} | {f.low}..{f.high} {f.currency} {f.role} {f.certainty} {f.cue}" for f in figures]
    assert len(figures) == len(lines), f"{sentence}\nfound {found}"
    for figure, line in zip(figures, lines, strict=True):
        fields = [field.strip() for field in line.split("|")]
        said = f"{sentence}\n{line}\nfound {figure}"
        assert figure.surface == fields[0], said
        assert (figure.low, figure.high) == _amount(fields[1]), said
        assert figure.currency == (None if fields[2] == "-" else fields[2]), said
        if len(fields) > 3 and fields[3]:
            assert figure.role == fields[3], said
        for mark in fields[4:]:
            assert _has(figure, mark), said


def _amount(field: str) -> tuple[Decimal | None, Decimal | None]:
    if field.startswith(">"):
        return Decimal(field[1:]), None
    if field.startswith("<"):
        return None, Decimal(field[1:])
    low, _, high = field.partition("..")
    return Decimal(low), Decimal(high or low)


def _has(figure: Figure, mark: str) -> bool:
    head, _, rest = mark.partition(" ")
    if head == "per":
        return figure.per == rest
    if head == "to":
        return rest in (figure.recipient, figure.recipient_name)
    if head == "by":
        return rest in (figure.payer, figure.payer_name)
    if mark == "approx":
        return figure.approx
    if mark == "cumulative":
        return figure.cumulative
    return mark in (figure.certainty, figure.round)
