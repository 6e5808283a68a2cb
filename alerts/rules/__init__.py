"""Rules: what to tell, to whom, how often; and how to find out why one did or did not speak."""

from __future__ import annotations

from alerts.rules.load import load_rules
from alerts.rules.ruleset import RuleSet

__all__ = ["RuleSet", "load_rules"]
