"""Written sums as intervals, whose report is repeated, and what changed in a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from racewire.stories.attribution import attributed_to
from racewire.stories.intervals import Interval, can_be_same, written_interval
from racewire.stories.revisions import Correction, Fact, changed_pieces, compare, corrections

M = 1_000_000


@pytest.mark.parametrize(
    ("surface", "low", "high", "approx", "least", "most"),
    [
        ("$50 million", 50 * M, 50 * M, False, 49.5 * M, 50.5 * M),
        ("3,5 tỷ USD", 3500 * M, 3500 * M, False, 3450 * M, 3550 * M),
        ("$1.25bn", 1250 * M, 1250 * M, False, 1245 * M, 1255 * M),
        ("1.000.000 đồng", M, M, False, 999_999.5, 1_000_000.5),
        ("5000万美元", 50 * M, 50 * M, False, 49.995 * M, 50.005 * M),
        ("about $50 million", 50 * M, 50 * M, True, 45 * M, 55 * M),
        ("fifty million dollars", 50 * M, 50 * M, False, 49.5 * M, 50.5 * M),
        ("more than $50 million", 50 * M, None, False, 49.5 * M, float("inf")),
        ("up to $50 million", None, 50 * M, False, 0, 50.5 * M),
        ("$7-8 million", 7 * M, 8 * M, False, 6.65 * M, 8.4 * M),
        ("3億元", 300 * M, 300 * M, False, 285 * M, 315 * M),
    ],
)
def test_the_interval_is_half_a_unit_of_the_last_digit(
    surface: str, low: float | None, high: float | None, approx: bool, least: float, most: float
) -> None:
    interval = written_interval(surface, low, high, approx=approx)
    assert (interval.least, interval.most) == pytest.approx((least, most))


def test_two_sums_can_be_the_same_when_their_intervals_meet() -> None:
    fifty, close, far = Interval(49.5, 50.5), Interval(50.4, 50.6), Interval(51.5, 52.5)
    assert can_be_same(fifty, close)
    assert not can_be_same(fifty, far)
    assert can_be_same(fifty, Interval(51.5, 52.5), converted=True)  # rates of two days
    assert not can_be_same(fifty, Interval(495, 505), converted=True)


@given(surface=st.text(max_size=30), amount=st.floats(0, 1e15), approx=st.booleans())
def test_the_amount_lies_within_its_interval(surface: str, amount: float, approx: bool) -> None:
    interval = written_interval(surface, amount, amount, approx=approx)
    assert interval.least <= amount <= interval.most


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("According to Bloomberg, the firm raised money.", "Bloomberg"),
        ("The firm raised $5m, Reuters reported on Monday.", "Reuters"),
        ("The founder told the Financial Times that talks go on.", "Financial Times"),
        ("The Wall Street Journal first reported the deal.", "The Wall Street Journal"),
        ("Theo Reuters, công ty đã gọi vốn.", "Reuters"),
        ("Hãng tin Bloomberg dẫn lời một quan chức.", "Bloomberg"),
        ("据彭博社报道，该公司完成融资。", "Bloomberg"),
        ("该公司完成融资，路透社周一报道。", "Reuters"),
        ("ブルームバーグによると、同社は調達した。", "Bloomberg"),
        ("로이터에 따르면 회사는 투자를 유치했다.", "Reuters"),
        ("По данным Reuters, компания привлекла деньги.", "Reuters"),
        ("Wie das Handelsblatt berichtet, sucht die Firma Geld.", "Handelsblatt"),
        ("Fortune favours the brave, said the founder.", None),
        ("She reads Bloomberg and cooks. The firm raised money.", None),
        ("", None),
    ],
)
def test_whose_report_is_repeated(text: str, outlet: str | None) -> None:
    assert attributed_to(text) == outlet


def test_an_outlet_does_not_repeat_itself() -> None:
    assert attributed_to("Reuters reported on Monday.", domain="reuters.com") is None
    assert attributed_to("The firm told Reuters. Bloomberg reported it too.", site_name="Reuters") == "Bloomberg"


OLD = "Lumenova raised $50 million in a seed round, said Ada Quill. It employs 120 people in two towns and plans a third office in spring."


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (OLD.replace("It employs", "it  employs"), "trivial"),
        (OLD.replace("120", "210"), "updated"),
        (
            OLD + " The round was led by Quarry Partners, which also holds a seat on the board of the company since May.",
            "updated",
        ),
        (
            "Something else stands here now: a page about gardens, hedges and the art of growing roses on a windy coast.",
            "rewritten",
        ),
        ("", "updated"),
    ],
)
def test_kinds_of_revisions(new: str, kind: str) -> None:
    assert compare(OLD, new).kind == kind


@given(old=st.text("ab c.\n", max_size=60), new=st.text("ab c.\n", max_size=60))
def test_changes_lead_from_the_old_text_to_the_new(old: str, new: str) -> None:
    rebuilt, at = "", 0
    for change in changed_pieces(old, new):
        assert old[change.old_start :].startswith(change.before)
        assert new[change.new_start :].startswith(change.after)
        rebuilt += old[at : change.old_start] + change.after
        at = change.old_start + len(change.before)
    assert rebuilt + old[at:] == new


def fact(text: str, surface: str, *value: object) -> Fact:
    start = text.index(surface)
    return Fact(start, start + len(surface), surface, value)


def test_a_sum_and_a_name_put_in_the_place_of_others_are_corrections() -> None:
    new = OLD.replace("$50 million", "$50 billion").replace("Lumenova", "Lumenoia").replace("120", "210")
    old_facts = [fact(OLD, "Lumenova", "lumenova"), fact(OLD, "$50 million", 5e7)]
    new_facts = [fact(new, "Lumenoia", "lumenoia"), fact(new, "$50 billion", 5e10)]
    assert corrections(changed_pieces(OLD, new), old_facts, new_facts) == [
        Correction("Lumenova", "Lumenoia"),
        Correction("$50 million", "$50 billion"),
        Correction("120", "210"),
    ]


def test_a_sum_written_anew_is_no_correction() -> None:
    new = OLD.replace("$50 million", "50 million dollars")
    assert corrections(changed_pieces(OLD, new), [fact(OLD, "$50 million", 5e7)], [fact(new, "50 million dollars", 5e7)]) == []


def test_a_hostile_text_is_compared_in_time() -> None:
    started = time.process_time()
    changed_pieces("a " * 5000, "a b " * 2900)
    changed_pieces("x\n" * 50_000, "x\ny\n" * 40_000)
    assert time.process_time() - started < 10
