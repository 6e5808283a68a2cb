"""The application: addresses, answers in three forms, and what is said when something is wrong."""

from __future__ import annotations

import sqlite3
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from racewire.archive.ask import TooSlow
from racewire.archive.store import open_reader
from racewire.errors import StoreError, UsageError
from racewire.render.clean import plain
from racewire.web.asked import Asked, WrongAddress
from racewire.web.contents import PAGES
from racewire.web.drawing import templates
from racewire.web.guard import Guard
from racewire.web.look import Look, Maker, Page
from racewire.web.pages.standing import standing
from racewire.web.site import Site

STYLE = Path(__file__).parent / "static" / "style.css"
KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def application(site: Site, *, verbose: bool = False) -> Guard:
    """The pages as an ASGI application. `verbose`: a fault of our own is told with its trace on stderr."""
    routes = [Route(path, _endpoint(site, maker, verbose), methods=["GET"]) for path, maker in PAGES.items()]
    routes.append(Route("/style.css", _style, methods=["GET"]))

    def lost(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return _wrong(site, status, "there is no page at this address")

    pages = Starlette(routes=routes, exception_handlers={HTTPException: lost})
    pages.router.redirect_slashes = False
    return Guard(pages, host=site.host)


def _style(request: Request) -> Response:
    return FileResponse(STYLE, media_type="text/css", headers={"Cache-Control": "no-cache"})


def _endpoint(site: Site, maker: Maker, verbose: bool) -> Callable[[Request], Response]:
    """Runs in a thread of its own; each request has a connection of its own, so that a new database is seen at once."""

    def answer(request: Request) -> Response:
        try:
            asked = Asked(request.query_params.multi_items())
            form = asked.form()
            with closing(open_reader(site.database)) as connection:
                look = Look(connection, site, asked, request.url.path, request.path_params, site.clock())
                page = maker(look)
                return _data(page, form, asked) if form != "html" else _drawn(look, page)
        except WrongAddress as wrong:
            return _wrong(site, wrong.status, wrong.message)
        except TooSlow:
            return _wrong(site, 503, "the database took too long to answer: ask for less, or try again")
        except UsageError as error:
            return _wrong(site, 400, str(error))
        except (StoreError, sqlite3.Error) as error:
            return _wrong(site, 503, f"the database cannot be read: {error}")
        except Exception as error:
            _report(error, verbose)
            return _wrong(site, 500, "a fault of racewire's own; its window says which")

    return answer


def _report(error: Exception, verbose: bool) -> None:
    sentence = f"a fault of its own, {type(error).__name__}: {plain(error)[:300]}"
    print(traceback.format_exc() if verbose else f"racewire: {sentence}", file=sys.stderr)


def _data(page: Page, form: str, asked: Asked) -> Response:
    name = asked.one_of("table", list(page.tables)) or next(iter(page.tables), None)
    if name is None:
        raise WrongAddress(400, "this page has no table")
    table = page.tables[name]
    return Response(
        table.as_csv() if form == "csv" else table.as_json(),
        media_type=KINDS[form],
        headers={"Content-Disposition": f'inline; filename="{name}.{form}"', "Cache-Control": "no-cache"},
    )


def _drawn(look: Look, page: Page) -> Response:
    first = next(iter(page.tables), None)
    tables = {
        name: {
            "command": table.command,
            "more": table.more,
            "csv": look.address(format="csv", table=None if name == first else name),
            "json": look.address(format="json", table=None if name == first else name),
        }
        for name, table in page.tables.items()
    }
    values = {**page.values, "title": page.title, "path": look.path, "tables": tables, "standing": standing(look)}
    return _html(look.site, page.template, values)


def _wrong(site: Site, status: int, message: str) -> Response:
    values = {"title": f"{status}", "path": "", "message": message[:1].upper() + message[1:], "standing": None}
    return _html(site, "wrong.html", values, status)


def _html(site: Site, template: str, values: Mapping[str, object], status: int = 200) -> Response:
    text = templates(site.zone).get_template(template).render({"words": "", **values})
    return HTMLResponse(text, status_code=status, headers={"Cache-Control": "no-cache"})
