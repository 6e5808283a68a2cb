"""Log lines: one event a line, `key=value`, so that people read them and programs split them."""

from __future__ import annotations

import logging
import re
import sys

PLAIN = re.compile(r"[^\s\"=\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def value(item: object) -> str:
    """One value; quoted where it holds a blank, a quote, a control or a direction character, so that no text forges a line."""
    text = f"{item:.3f}".rstrip("0").rstrip(".") if isinstance(item, float) else str(item)
    if PLAIN.fullmatch(text):
        return text
    return (
        '"'
        + "".join(
            c if c.isprintable() and c not in '"\\' else c.encode("unicode_escape").decode() if c not in '"\\' else "\\" + c
            for c in text
        )
        + '"'
    )


def line(event: str, **fields: object) -> str:
    """`event key=value key=value`; fields that are None are left out."""
    return " ".join([event, *(f"{key}={value(item)}" for key, item in fields.items() if item is not None)])


def set_up(verbose: bool = False) -> None:
    """Our own lines to stderr with the time; of the libraries' only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname).1s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("racewire").setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in ("scrapy", "twisted", "asyncio", "httpx", "trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.WARNING if verbose else logging.ERROR)
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # the daemon listens to it and tells
