"""Alerts for people: mails and lines on a terminal."""

from __future__ import annotations

from alerts.render.mail import Mail, alert_mail, digest_mail, trial_mail
from alerts.render.terminal import terminal

__all__ = ["Mail", "alert_mail", "digest_mail", "terminal", "trial_mail"]
