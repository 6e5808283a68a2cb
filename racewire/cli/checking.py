"""Everything that `racewire check` finds."""

from __future__ import annotations

from dataclasses import dataclass

from racewire.cli.session import Session, gazetteer_of
from racewire.config.document import Problem, in_order
from racewire.errors import ConfigError


@dataclass(frozen=True)
class Report:
    """`problems` of both files in order, what is wrong beyond a place in a file, and the tests."""

    config: str
    rules: str | None
    problems: list[Problem]
    faults: list[str]
    failures: list[str]
    tests: int

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems) + len(self.faults)

    def summary(self) -> str:
        """One line: each file, the tests, the warnings."""
        wrong = {problem.file for problem in self.problems if problem.severity == "error"}
        parts = [f"{file} {'has mistakes' if file in wrong else 'ok'}" for file in (self.config, self.rules) if file]
        if self.tests:
            parts.append(f"{self.tests - len(self.failures)} of {self.tests} tests pass")
        warnings = sum(problem.severity == "warning" for problem in self.problems)
        if self.errors:
            parts.append(f"{self.errors} mistake{'s' if self.errors != 1 else ''}")
        if warnings:
            parts.append(f"{warnings} warning{'s' if warnings != 1 else ''}")
        return " · ".join(parts)


def examine(session: Session) -> Report:
    """Reads both files, finds every mistake and doubt, and runs the tests where the rules can be read."""
    survey = session.survey()
    problems = list(survey.problems)
    faults: list[str] = []
    failures: list[str] = []
    tests = 0
    try:
        names = gazetteer_of(survey.entities)
    except ConfigError as error:
        problems += error.problems
        faults += [] if error.problems else [str(error)]
        names = gazetteer_of(None)
    rules = survey.rules
    if rules is not None:
        from alerts.rules import load_rules
        from alerts.rules.trial import run_tests
        from racewire.cli.doubts import doubts
        from racewire.cli.rules import failure

        try:
            ruleset = load_rules(rules, channels=survey.channels, gazetteer=names)
            problems += ruleset.warnings
            problems += doubts(survey, ruleset)
            outcomes = run_tests(ruleset)
            tests, failures = len(outcomes), [failure(outcome) for outcome in outcomes if not outcome.passed]
        except ConfigError as error:
            problems += error.problems
            if not error.problems:
                faults.append(str(error))
    return Report(str(survey.file), str(rules) if rules else None, in_order(problems), faults, failures, tests)
