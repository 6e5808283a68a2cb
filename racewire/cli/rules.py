"""`racewire test`, `backtest` and `explain`: what the rules do, would have done, and why."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from racewire.cli import completing
from racewire.cli.jsonable import jsonable
from racewire.cli.output import Form, bold, colours, print_rows, put, row_options, say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import UsageError
from racewire.text.terminal import one_line, printable

if TYPE_CHECKING:
    from alerts.rules import RuleSet
    from alerts.rules.backtest import Backtest
    from alerts.rules.trial import Outcome

TOLD = ("at", "story_id", "article_id", "kind", "subject")
TESTED = ("rule_id", "says", "passed", "trouble")
EXPLAINED = ("rule_id", "verdict", "note", "article_id", "url", "alert_id")
BARS = "▁▂▃▄▅▆▇█"


def rules_of(session: Session) -> RuleSet:
    """The rules of the config. Raises ConfigError, and UsageError where it names no file of rules."""
    rules = session.rules()
    if rules is None:
        raise UsageError(f'{session.config.file} names no rules: rules = "rules.toml"; `racewire init` shows how they look')
    return rules


@click.command()
@click.argument("rule", required=False, shell_complete=completing.rules)
@click.option("-v", "--verbose", is_flag=True, help="Name the tests that pass too.")
@row_options
@config_option
@pass_session
def test(session: Session, rule: str | None, verbose: bool, form: Form | None) -> int:
    """Run the tests that stand beside the rules, or beside one RULE. Ends with 1 where one fails."""
    from alerts.rules.trial import run_tests

    rules = rules_of(session)
    if rule is not None and rules.rule(rule) is None:
        raise UsageError(
            f"there is no rule '{rule[:60]}': {session.config.rules} has {', '.join(r.id for r in rules.rules) or 'none'}"
        )
    outcomes = run_tests(rules, rule)
    if form:
        print_rows(({name: getattr(outcome, name) for name in TESTED} for outcome in outcomes), form, TESTED)
    else:
        for outcome in outcomes:
            if outcome.passed and verbose:
                put(f"ok   {outcome.rule_id}: {one_line(outcome.says)}")
            elif not outcome.passed:
                put(failure(outcome))
    failed = sum(not outcome.passed for outcome in outcomes)
    say(f"{len(outcomes) - failed} of {len(outcomes)} tests pass" if outcomes else "no rule has a test")
    return 1 if failed else 0


def failure(outcome: Outcome) -> str:
    """A test that failed: its place in the file, and each demand of the rule with what was found."""
    from racewire.config.document import render

    head = (
        render([outcome.problem], colours(sys.stdout))
        if outcome.problem
        else f"FAIL {outcome.rule_id}: {outcome.says}: {outcome.trouble}"
    )
    return "\n".join([head, *(f"       {printable(line)}" for step in outcome.steps for line in step.lines(1))])


@click.command()
@click.argument("rule", shell_complete=completing.rules)
@click.option(
    "--since", default="30d", show_default=True, metavar="TIME", help="How far back: 30d, 12h, or a day such as 2026-01-31."
)
@click.option("--max-per-week", type=int, metavar="N", help="End with 1 where a week has more alerts.")
@row_options
@config_option
@pass_session
def backtest(session: Session, rule: str, since: str, max_per_week: int | None, form: Form | None) -> int:
    """Show what a RULE would have sent about the articles that are stored."""
    from alerts.rules.backtest import backtest as run

    start = _start(since)
    with session.reading() as connection:
        done = run(connection, rules_of(session), rule, since=start)
    if form:
        print_rows((_told(told) for told in done.alerts), form, TOLD)
    else:
        print_rows((_told(told) for told in done.alerts), None, TOLD[:2] + TOLD[4:])
        _summary(done)
    if max_per_week is not None and done.busiest > max_per_week:
        say(f"the busiest week has {done.busiest} alerts, more than {max_per_week}")
        return 1
    return 0


def _told(told: object) -> dict[str, object]:
    row = jsonable(told)
    assert isinstance(row, dict)
    return row


def _summary(done: Backtest) -> None:
    saved = done.matched - len(done.alerts)
    kept = f" (once_per kept back {saved})" if saved else ""
    say(f"{done.matched} matching articles -> {len(done.alerts)} alerts{kept}; busiest week {done.busiest}")
    if done.weeks:
        top = max(done.weeks.values())
        line = "".join(BARS[(count * len(BARS) - 1) // top] for _, count in sorted(done.weeks.items()))
        say(f"{line}  {min(done.weeks)} to {max(done.weeks)}, weeks with alerts")
    if done.near:
        say(f"near misses (60 to 100 % of the sum): stories {', '.join(map(str, done.near[:20]))}")


def _start(since: str) -> datetime:
    from racewire.config.values import seconds

    try:
        return datetime.now(UTC) - timedelta(seconds=seconds(since))
    except (ValueError, OverflowError):
        pass
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        raise UsageError(f"--since: '{since[:40]}' is neither a time such as 30d nor a day such as 2026-01-31") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command()
@click.argument("what", metavar="STORY|URL")
@click.option("--rule", metavar="ID", shell_complete=completing.rules, help="Only this rule.")
@row_options
@config_option
@pass_session
def explain(session: Session, what: str, rule: str | None, form: Form | None) -> int:
    """Say why a story (its number) or an article (its address) fired each rule, or why not. Ends with 1 where none fired."""
    from alerts.rules.explain import explain as explained

    rules = rules_of(session)
    if rule is not None and rules.rule(rule) is None:
        raise UsageError(
            f"there is no rule '{rule[:60]}': {session.config.rules} has {', '.join(r.id for r in rules.rules) or 'none'}"
        )
    with session.reading() as connection:
        found = [one for one in explained(connection, rules, what, now=datetime.now(UTC)) if rule in (None, one.rule_id)]
    if form:
        print_rows((_told(one) for one in found), form, None if form in ("json", "nl") else EXPLAINED)
    else:
        for one in found:
            first, *rest = one.lines()
            put("\n".join([bold(printable(first)), *map(printable, rest)]))
    return 0 if any(one.verdict == "fired" for one in found) else 1
