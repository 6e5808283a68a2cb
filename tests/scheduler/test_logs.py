"""Log lines cannot be forged by what stands in a page."""

import pytest

from scheduler.logs import line


def test_a_line() -> None:
    assert line("crawl", source="paper", new=3, seconds=0.25, problem=None) == "crawl source=paper new=3 seconds=0.25"


@pytest.mark.parametrize("hostile", ["a b", 'say "x"', "x\ncrawl source=other", "\x1b[31mred", "a\u202eb", "a=b", ""])
def test_hostile_values_are_quoted_and_stay_on_one_line(hostile: str) -> None:
    said = line("crawl", title=hostile)
    assert said.startswith('crawl title="')
    assert said.isprintable()
    assert "\n" not in said
