"""The key under which two addresses of one article meet, and which canonical addresses to believe."""

from __future__ import annotations

import re
from functools import lru_cache

from racewire.stories.trackers import CHANNELS, NAMES, PREFIXES, REFERRERS, SESSIONS, WRAPPERS, WRAPPING_HOSTS

PORTS = {"http": "80", "https": "443"}
TWINS = ("www.", "m.", "mobile.", "amp.", "wap.")
INDEX = frozenset(
    f"{name}.{kind}" for name in ("index", "default") for kind in ("html", "htm", "php", "asp", "aspx", "jsp", "shtml")
)
SESSION_IN_PATH = r";(?:jsessionid|phpsessid|sid|sessionid)=[^/?#;]*"  # compiled when first met, as few addresses have one
ESCAPES = "(?:%[0-9A-Fa-f]{2})+"
ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
UNSAFE = re.compile(r"[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7a\x7c\x7e]")
CONTROLS = str.maketrans("", "", "\t\n\r")
DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
EDGES = "".join(map(chr, range(0x21)))  # what the WHATWG parser drops at both ends
PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
DEEPEST_WRAPPER = 3


def url_key(url: str) -> str:
    """The key of an address: equal for two spellings of one article's address, different for two articles.

    Host and path in the WHATWG spelling without scheme, user, default port, `www.`/`m.`/`amp.` twin, AMP form, session id,
    measuring parameters and fragment (routes such as `#!/…` stay); the parameters that are left are sorted. Wrappers of
    known redirectors are opened. Never raises; what is no web address comes back trimmed.
    """
    return _key(url, DEEPEST_WRAPPER)


def _key(url: str, depth: int) -> str:
    url = url.strip(EDGES)
    if "\n" in url or "\t" in url or "\r" in url:
        url = url.translate(CONTROLS)
    scheme, colon, rest = url.partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in PORTS:
        if url[:2] == "//":
            scheme, rest = "https", url
        elif colon and scheme.isalnum():
            return url
        else:
            scheme, rest = "https", url
    rest, hash_sign, fragment = rest.partition("#")
    rest, _, query = rest.partition("?")
    if "\\" in rest:
        rest = rest.replace("\\", "/")
    authority, slash, path = rest.lstrip("/").partition("/")
    host = _host(authority, scheme)
    if host in WRAPPING_HOSTS or host.endswith((".ampproject.org", ".safelinks.protection.outlook.com")) or path[:4] == "amp/":
        inner = _unwrapped(host, path, query) if depth else None
        if inner:
            return _key(inner, depth - 1)
    key = host + _path(slash + path, bare=not query)
    if query:
        kept = _query(query)
        if kept:
            key += "?" + kept
    if hash_sign and fragment[:1] in ("!", "/") and len(fragment) > 1:
        key += "#" + _spelled(fragment)
    return key


def _host(authority: str, scheme: str) -> str:
    host = authority.rpartition("@")[2].lower()
    if not host.isascii() or "%" in host:
        host = _international(host)
    name, colon, port = host.rpartition(":")
    if colon and port.isdigit():
        host = name if port.lstrip("0") == PORTS[scheme] else f"{name}:{port.lstrip('0')}"
    elif colon and not port:
        host = name
    if host[-1:] == ".":
        host = host[:-1]
    while host.startswith(TWINS) and host.count(".") >= 2:
        host = host.partition(".")[2]
    return host


@lru_cache(maxsize=1024)
def _international(host: str) -> str:
    """The ASCII form of a host by the mapping of UTS 46 in the main: NFKC, small letters, Punycode label by label."""
    from unicodedata import normalize

    host = normalize("NFKC", unquote(host)).lower().translate(DOTS)
    name, colon, port = host.partition(":")
    labels = [
        label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in normalize("NFC", name).split(".")
    ]
    return ".".join(labels) + colon + port


def unquote(text: str) -> str:
    """The text with its escapes read as UTF-8. Not urllib's: importing that costs more than a thousand keys."""
    return (
        re.sub(ESCAPES, lambda run: bytes.fromhex(run[0].replace("%", "")).decode("utf-8", "replace"), text)
        if "%" in text
        else text
    )


def _spelled(text: str) -> str:
    """One spelling of the escapes: unreserved characters plain, all others as upper-case hex of UTF-8."""
    if "%" in text:
        text = ESCAPE.sub(_escape, text)
    if UNSAFE.search(text):
        text = UNSAFE.sub(_escaped, text)
    return text


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in PLAIN else match[0].upper()


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")) if match[0] != "%" else "%"


def _path(path: str, *, bare: bool) -> str:
    if ";" in path:
        path = re.sub(SESSION_IN_PATH, "", path, flags=re.I)
    path = _spelled(path)
    if "//" in path or "/." in path:
        path = _resolved(path)
    path = path.rstrip("/")
    if path[-4:].lower() == "/amp":
        path = path[:-4].rstrip("/")
    elif path[-9:] == ".amp.html":
        path = path[:-9] + ".html"
    elif path[-4:] == ".amp":
        path = path[:-4]
    if path[:5] == "/amp/" and len(path) > 5:
        path = path[4:]
    if bare:
        head, slash, last = path.rpartition("/")
        if slash and last.lower() in INDEX:
            path = head
    return path


def _resolved(path: str) -> str:
    out: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if out:
                out.pop()
        elif segment and segment != ".":
            out.append(segment)
    return "/" + "/".join(out)


def _query(query: str) -> str:
    kept = []
    for part in query.replace("&amp;", "&").split("&") if "&" in query else (query,):
        name, equals, value = part.partition("=")
        if part and not _measures(name.lower(), value):
            spelled = _spelled(name) + equals + _spelled(value)
            kept.append(spelled.replace("%20", "+") if "%20" in spelled else spelled)
    if len(kept) > 1:
        kept.sort()
    return "&".join(kept)


def _measures(name: str, value: str) -> bool:
    if name in NAMES or name.startswith(PREFIXES):
        return True
    if name in REFERRERS and value.lower() in CHANNELS:
        return True
    if name in SESSIONS and _random(value):
        return True
    return name in ("outputtype", "view", "mode", "format", "type", "output") and value.lower() == "amp"


def _random(value: str) -> bool:
    """Whether a value has the shape of a session id: 16 to 128 letters and digits, both among them."""
    return 16 <= len(value) <= 128 and value.isascii() and value.isalnum() and not value.isalpha() and not value.isdigit()


def _unwrapped(host: str, path: str, query: str) -> str | None:
    """The address inside a redirector's or an AMP cache's address."""
    if host.endswith("ampproject.org") or (host in ("google.com", "bing.com") and path.startswith("amp/")):
        inner = re.match(r"(?:[acviwr]|amp|wp)/(?:s/)?([^/]+\.[^/]+/.*|[^/]+\.[^/]+)\Z", path)
        return "https://" + inner[1] + (f"?{query}" if query else "") if inner else None
    for known, start, names in WRAPPERS:
        if (host == known or host.endswith("." + known)) and ("/" + path).startswith(start):
            for part in query.split("&"):
                name, _, value = part.partition("=")
                target = unquote(value)
                if name in names and target.lower().startswith(("http://", "https://")):
                    return target
    return None
