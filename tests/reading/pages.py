"""Small pages of our own, built from parts, so that a test says only what matters to it."""

from __future__ import annotations

SENTENCES = (
    "The ferry company said on Monday that it would run a second boat across the lake from spring.",
    "Its director told the town council that the new timetable had been asked for by commuters, who now wait an hour.",
    "The harbour will be rebuilt for it, which the council expects to cost less than a new bridge.",
    "Tickets stay at the same price, and bicycles travel free until the end of the season.",
)
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
TITLE = "A second ferry for the lake"


def page(
    *,
    head: str = "",
    before: str = "",
    text: str = PARAGRAPHS,
    after: str = "",
    title: str = TITLE,
    h1: str | None = TITLE,
    lang: str = "en",
) -> bytes:
    """An article page as sites build them: menu, headline, text, related links, footer."""
    heading = f"<h1>{h1}</h1>" if h1 else ""
    return f"""<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/local">Local</a></li></ul></nav>
<main><article>{heading}{before}<div class="article-body">{text}</div>{after}</article></main>
<aside class="related"><h3>Read also</h3><ul><li><a href="/1">An older ferry is sold</a></li><li><a href="/2">The lake is frozen</a></li></ul></aside>
<footer><p>© Example Press. All rights reserved.</p></footer></body></html>""".encode()
