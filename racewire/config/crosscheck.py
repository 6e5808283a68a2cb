"""Mistakes and doubts that only show when two keys are seen together.

These look at the data as written, so that they are found in the same pass as everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from racewire.addresses import Policy
from racewire.config.document import Document, Problem
from racewire.config.values import is_loopback


def crosscheck(document: Document) -> list[Problem]:
    """All of them, in no order."""
    return [*_sources(document), *_smtp(document), *_channels(document), *_dialled(document), *_crawl(document)]


def _table(data: Any, *path: str) -> dict[str, Any]:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _sources(document: Document) -> Iterator[Problem]:
    rows = document.data.get("source")
    ids: dict[str, int] = {}
    urls: dict[str, str] = {}
    for number, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            continue
        id, url, path = row.get("id"), row.get("url"), ("source", number)
        if isinstance(id, str):
            if id in ids:
                line = document.place(("source", ids[id], "id")).line
                yield document.problem((*path, "id"), f"two sources have the id '{id}'", f"the other one stands on line {line}")
            else:
                ids[id] = number
        if isinstance(url, str) and row.get("enabled", True) is True:
            if url in urls:
                yield document.problem(
                    (*path, "url"), f"'{urls[url]}' has the same address", "one of the two can go", severity="warning"
                )
            else:
                urls[url] = str(id)
        if "links" in row and row.get("kind") in ("feed", "sitemap"):
            yield document.problem((*path, "links"), f"links means nothing for a {row['kind']}", key=True, severity="warning")
    if not (isinstance(rows, list) and any(isinstance(row, dict) and row.get("enabled", True) is not False for row in rows)):
        yield document.problem(("source",), "no source is enabled: there is nothing to look at", severity="warning")


def _smtp(document: Document) -> Iterator[Problem]:
    smtp = _table(document.data, "smtp")
    host = smtp.get("host")
    if smtp.get("tls") == "none" and isinstance(host, str) and not is_loopback(host):
        yield document.problem(
            ("smtp", "tls"), f"mail to {host} would travel unencrypted", "did you mean 'starttls'? none is for this machine only"
        )
    if smtp.get("tls") == "implicit" and smtp.get("port", 587) == 587:
        yield document.problem(("smtp", "tls"), "port 587 speaks starttls; implicit is usually port 465", severity="warning")
    if smtp.get("tls", "starttls") == "starttls" and smtp.get("port") == 465:
        yield document.problem(("smtp", "port"), "port 465 speaks implicit TLS", "did you mean 'implicit'?", severity="warning")
    if "user" in smtp and "password" not in smtp:
        yield document.problem(("smtp", "user"), "a user without a password", 'password = { env = "SMTP_PASSWORD" }', key=True)
    if "password" in smtp and "user" not in smtp:
        yield document.problem(("smtp", "password"), "a password without a user", 'user = "name"', key=True)


def _channels(document: Document) -> Iterator[Problem]:
    for name, channel in _table(document.data, "channel").items():
        if not isinstance(channel, dict):
            continue
        path = ("channel", name)
        if "email" in channel and "webhook" in channel:
            yield document.problem(
                (*path, "webhook"), f"the channel '{name}' is mail and webhook at once", "make two channels of it", key=True
            )
        if not channel:
            yield document.problem(
                path, f"the channel '{name}' leads nowhere", 'give it email = { to = ["…"] } or webhook = { url = …, secret = … }'
            )
        if "email" in channel and "smtp" not in document.data:
            yield document.problem(
                (*path, "email"),
                f"the channel '{name}' needs a mail server",
                "add a table [smtp] with host, port and from",
                key=True,
            )


def _dialled(document: Document) -> Iterator[Problem]:
    """Addresses that the guard would refuse."""
    allowed = _table(document.data, "crawl").get("allow_private", [])
    try:
        policy = Policy(allowed)
    except (ValueError, TypeError, AttributeError):
        return  # said elsewhere
    smtp = _table(document.data, "smtp")
    if isinstance(smtp.get("host"), str) and isinstance(port := smtp.get("port", 587), int):
        yield from _refused(document, ("smtp", "host"), smtp["host"], port, policy)
    for name in _table(document.data, "channel"):
        url = _table(document.data, "channel", name, "webhook").get("url")
        try:
            parts = urlsplit(url if isinstance(url, str) else "")
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            continue
        yield from _refused(document, ("channel", name, "webhook", "url"), parts.hostname or "", port, policy)


def _refused(document: Document, path: tuple[str, ...], host: str, port: int, policy: Policy) -> Iterator[Problem]:
    if not policy.permits_host(host, port):
        full = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        help = f"add '{full}' to allow_private in [crawl]"
        yield document.problem(path, f"{full} is not public, so it will not be dialled", help, severity="warning")


def _crawl(document: Document) -> Iterator[Problem]:
    contact = _table(document.data, "crawl").get("contact")
    if not contact:
        yield document.problem(
            ("crawl",), "no contact: site owners cannot reach you", 'contact = "you@your.domain" in [crawl]', severity="warning"
        )
    elif isinstance(contact, str) and contact.endswith(("@example.org", "@example.com")):
        yield document.problem(
            ("crawl", "contact"), f"'{contact}' is only an example", "put in an address of yours", severity="warning"
        )
