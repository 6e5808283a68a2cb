"""What an address asks for, checked: a parameter that no page knows, or of the wrong form, is a mistake of the asker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from racewire.render.clean import plain

LARGEST_ID = 2**63 - 1  # what SQLite can hold as an id
LONGEST_VALUE = 200
NUMBER = re.compile(r"[0-9]{1,18}")
WORD = re.compile(r"[\w.@-]{1,80}")
FORMS = ("html", "csv", "json")


class WrongAddress(Exception):
    """The address asks for something that there is not: `status` 400 for a wrong parameter, 404 for a thing that does not exist."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Asked:
    """The parameters of one request. Every page first names those it takes. Each value is looked at when a page asks for it.

    All methods raise WrongAddress with status 400.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, str] = {}
        for key, value in pairs:
            if key in self._values:
                raise WrongAddress(400, f"the parameter '{plain(key)[:40]}' stands twice in the address")
            if len(value) > LONGEST_VALUE:
                raise WrongAddress(400, f"the parameter '{plain(key)[:40]}' is longer than {LONGEST_VALUE} characters")
            if value:
                self._values[key] = value

    def only(self, *names: str) -> None:
        """Refuses every parameter but these and `format` and `table`, which all pages take."""
        known = {*names, "format", "table"}
        for key in self._values:
            if key not in known:
                raise WrongAddress(400, f"this page takes no parameter '{plain(key)[:40]}'; it takes {', '.join(sorted(known))}")

    def form(self) -> str:
        """`html`, `csv` or `json`."""
        return self.one_of("format", FORMS) or "html"

    def number(self, name: str) -> int | None:
        """A whole number of at most 18 digits."""
        text = self._values.get(name)
        if text is None:
            return None
        if not NUMBER.fullmatch(text) or not text.isascii():
            raise WrongAddress(400, f"{name} is a whole number, and '{plain(text)[:40]}' is none")
        return int(text)

    def word(self, name: str) -> str | None:
        """An id: letters, digits and - _ . @."""
        text = self._values.get(name)
        if text is not None and not WORD.fullmatch(text):
            raise WrongAddress(400, f"{name} is a name such as an id, and '{plain(text)[:40]}' is none")
        return text

    def one_of(self, name: str, choices: Sequence[str]) -> str | None:
        text = self._values.get(name)
        if text is not None and text not in choices:
            raise WrongAddress(400, f"{name} is one of {', '.join(choices)}, and not '{plain(text)[:40]}'")
        return text

    def text(self, name: str) -> str:
        """What a person typed, on one line and without control characters; "" where nothing was."""
        return plain(self._values.get(name, ""))

    def pairs(self) -> dict[str, str]:
        """All of them, to make an address of the same page."""
        return dict(self._values)
