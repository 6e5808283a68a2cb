"""The three kinds of mail: an alert, a digest, a test; each as subject, text and HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from alerts.render.view import alert_view, digest_view
from racewire.render.clean import cut, plain

LARGEST = 30_000  # bytes of both parts together; mail programs cut off what is much longer
_ONCE = {True: "This follows an earlier mail: the figure has changed.", False: "Sent once for this story."}


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    text: str
    html: str

    @property
    def size(self) -> int:
        return len(self.text.encode()) + len(self.html.encode())


@cache
def _templates(html: bool) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=html, undefined=StrictUndefined
    )


def _render(name: str, view: dict[str, Any]) -> Mail:
    text = _templates(False).get_template(f"{name}.txt").render(view)
    html = _templates(True).get_template(f"{name}.html").render(view)
    return Mail(view["subject"], text.strip("\n") + "\n", html)


def alert_mail(data: Any, zone: tzinfo) -> Mail:
    """The mail of one alert. `data` is that of the webhook; times are shown in `zone`."""
    view = alert_view(data, zone)
    view |= {
        "preheader": _preheader(view),
        "once": _ONCE[view["updated"]],
        "silence": silence_commands(view),
    }
    mail = _render("alert", view)
    while mail.size > LARGEST and (len(view["evidence"]) > 1 or len(view["sources"]) > 3):
        view["evidence"] = view["evidence"][: max(1, len(view["evidence"]) - 1)]
        view["sources"] = view["sources"][: max(3, len(view["sources"]) // 2)]
        mail = _render("alert", view)
    return mail


def _preheader(view: dict[str, Any]) -> str:
    """The line that mail programs show beside the subject: as written, sources, doubt."""
    said = [f"{view['surface']} ({view['sum']})" if view["sum"] != view["surface"] else view["sum"]] if view["sum"] else []
    said.append(" and ".join(row["name"] for row in view["sources"][:3]) or view["headline"])
    if view["disagreement"]:
        said.append("figures differ")
    return cut(" - ".join(said), 140)


def silence_commands(view: dict[str, Any]) -> list[str]:
    """What to type to hear no more of it."""
    commands = [f"racewire silence add story {view['story_id']} --for 7d"]
    if view["entity_id"]:
        commands.append(f"racewire silence add entity {view['entity_id']} --for 7d")
    return [*commands, f"racewire silence add rule {view['rule_id']}"]


def digest_mail(items: list[Any], zone: tzinfo, *, count: int, since: str | None = None, until: str | None = None) -> Mail:
    """The mail of a digest: as many of `items` as fit, the largest sums first; `count` is how many alerts it stands for."""
    kept = items
    while True:
        mail = _render("digest", digest_view(kept, zone, count=count, since=since, until=until))
        if mail.size <= LARGEST or len(kept) <= 1:
            return mail
        kept = kept[: max(1, min(len(kept) - 1, len(kept) * LARGEST // mail.size))]


def trial_mail(message: str) -> Mail:
    return _render("test", {"subject": "TEST from racewire", "message": plain(message)})
