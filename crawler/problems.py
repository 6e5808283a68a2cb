"""What can go wrong on the way to a page, as short codes that people read in `sources.problem` and in events.

timeout  dns  unreachable  reset  tls  certificate  proxy          the answer did not come
http-NNN  backing-off  robots  robots-unreachable  forbidden-address  the site, or we, said no
redirects  bad-redirect  bad-scheme  bad-answer  truncated  bad-encoding  too-large  empty    the answer is no good
not-a-feed  not-a-page  unsafe-markup  bad-selector  no-links         the answer holds no links
not-html  too-slow  crashed  …and the codes of `Record.problem`     the page holds no article
gave-up  stopped  budget  internal                                  we stopped before the end
"""

from __future__ import annotations

import re
from typing import Literal

from racewire.errors import SourceError

# What a link that gave no article is remembered as. `failed` is the one that is tried again soon, a few times.
State = Literal["refused", "gone", "unreadable", "failed", "skipped"]


_USER = re.compile(r"://[^/@\s]{1,500}@")  # a user and password in an address are nobody's business


class Trouble(SourceError):
    """A request, a document or a page that failed. `retry_after` is in seconds, where the site named a wait."""

    def __init__(self, problem: str, message: str, state: State = "failed", retry_after: float | None = None) -> None:
        super().__init__(problem, _USER.sub("://", message))
        self.state: State = state
        self.retry_after = retry_after

    def __reduce__(self) -> tuple[type[Trouble], tuple[object, ...]]:
        """Troubles travel from the workers to the daemon."""
        return Trouble, (self.problem, str(self), self.state, self.retry_after)


# Nothing was asked of the site in these cases, so they are no mark against a link.
NOT_TRIED = frozenset({"stopped", "gave-up", "backing-off", "robots-unreachable", "budget"})


def from_status(status: int, url: str, retry_after: float | None = None) -> Trouble:
    """The trouble that an HTTP status other than 200 and 304 stands for.

    404 counts as failed, not as gone: feeds are often published moments before the page is.
    """
    state: State
    if status == 410:
        state = "gone"
    elif status in (404, 408, 425, 429) or status >= 500:
        state = "failed"
    elif 400 <= status < 500:
        state = "refused"
    else:
        state = "unreadable"
    return Trouble(f"http-{status}", f"{url} answered with status {status}", state, retry_after)
