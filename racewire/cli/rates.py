"""`racewire rates`: exchange rates."""

from __future__ import annotations

from pathlib import Path

import click

from racewire.cli.output import say
from racewire.cli.session import Session, config_option, pass_session
from racewire.errors import StoreError

# published on working days, free to use with the source named: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/
ADDRESS = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
MAX_BYTES = 16 * 1024 * 1024


@click.group()
def rates() -> None:
    """Bring the exchange rates up to date."""


@rates.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False))
@config_option
@pass_session
def update(session: Session, file: str | None) -> int:
    """Fetch the European Central Bank's history of euro rates, or take it from FILE (its eurofxref-hist.zip or .csv).

    What is stored already keeps the rate it was converted with; a running daemon takes the new rates when it starts again.
    """
    from racewire.figures import rates as table

    try:
        last = table.update(Path(file) if file else _fetched(session))
    except OSError as error:
        raise StoreError(f"cannot write the rates: {(error.strerror or str(error)).lower()}") from error
    say(f"rates up to {last}, in {table.updated_file()}")
    return 0


def _fetched(session: Session) -> bytes:
    import httpx

    proxy = session.config.crawl.proxy if session.has_config() else None
    content = bytearray()
    try:
        with httpx.Client(proxy=proxy, timeout=30, trust_env=False) as client, client.stream("GET", ADDRESS) as answer:
            answer.raise_for_status()
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > MAX_BYTES:
                    raise StoreError(f"{ADDRESS} sent more than {MAX_BYTES} bytes; nothing changed")
    except httpx.HTTPError as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise StoreError(
            f"cannot fetch {ADDRESS}: {reason}; `racewire rates update FILE` takes a file that you fetched"
        ) from error
    return bytes(content)
