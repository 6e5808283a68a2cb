"""The arrows between the packages point one way, and importing racewire is cheap."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("racewire", "crawler", "scheduler", "alerts")
HEAVY = {"scrapy", "twisted", "apscheduler", "httpx", "pandas", "numpy"}

# room -> the rooms it may import; a room is the longest of these names that a module's name begins with
ARROWS: dict[str, set[str]] = {
    "racewire.model": {"racewire.errors"},
    "racewire.errors": {"racewire.config"},  # for the type of a problem only
    "racewire.times": set(),
    "racewire.addresses": {"racewire.errors"},
    "racewire.text": {"racewire.model"},
    "racewire.figures": {"racewire.text", "racewire.model", "racewire.errors", "racewire.entities"},
    "racewire.entities": {"racewire.text", "racewire.model", "racewire.errors", "racewire.config"},
    "racewire.reading": {"racewire.text", "racewire.model", "racewire.errors"},
    "racewire.stories": {
        "racewire.text",
        "racewire.model",
        "racewire.errors",
        "racewire.entities",
        "racewire.figures",
        "racewire.times",
    },
    "racewire.render": set(),
    "racewire.web": {
        "racewire.archive",
        "racewire.entities",
        "racewire.stories",
        "racewire.render",
        "racewire.text",
        "racewire.model",
        "racewire.errors",
        "racewire",
    },
    "racewire.analysis": {
        "racewire.reading",
        "racewire.figures",
        "racewire.entities",
        "racewire.text",
        "racewire.model",
        "racewire.errors",
        "racewire",
    },
    "racewire.archive": {
        "racewire.stories",
        "racewire.figures",
        "racewire.entities",
        "racewire.text",
        "racewire.model",
        "racewire.errors",
        "racewire.times",
        "racewire",
    },
    "racewire.config": {"racewire.text", "racewire.errors", "racewire.model", "racewire.addresses", "racewire.times", "racewire"},
    "racewire.demo": {
        "racewire.stories",
        "racewire.text",
        "racewire.model",
        "racewire.errors",
        "racewire.times",
        "racewire.archive",
        "racewire.config",
        "racewire",
    },
    "racewire.cli": {"racewire", "racewire.*", "crawler", "scheduler", "alerts"},
    "racewire": {"racewire"},
    "crawler": {"racewire", "racewire.*"},
    "alerts": {"racewire", "racewire.*"},
    "scheduler": {"crawler", "alerts", "racewire", "racewire.*"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, path


def room(name: str) -> str | None:
    fitting = [r for r in ARROWS if name == r or name.startswith(r + ".")]
    return max(fitting, key=len) if fitting else None


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The modules a file imports, and whether at run time when it is imported (not in a function, not for types only)."""

    def walk(nodes: list[ast.stmt], top: bool) -> Iterator[tuple[str, bool]]:
        for node in nodes:
            if isinstance(node, ast.Import):
                yield from ((alias.name, top) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                yield node.module or "", top
            else:
                typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
                inner = top and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not typing_only
                for field in ("body", "orelse", "finalbody"):
                    yield from walk(getattr(node, field, []) or [], inner)
                for handler in getattr(node, "handlers", []):
                    yield from walk(handler.body, inner)

    yield from walk(ast.parse(path.read_text("utf-8")).body, True)


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda item: item if isinstance(item, str) else "")
def test_arrows_point_one_way(name: str, path: Path) -> None:
    home = room(name)
    assert home is not None, f"{name} is in no room"
    for target, _ in imports(path):
        if target.split(".")[0] not in PACKAGES or name in ("racewire", "racewire.__main__"):
            continue
        there = room(target)
        assert there is not None, f"{target}, which {name} imports, is in no room"
        wildcard = "racewire.*" in ARROWS[home] and there.startswith("racewire.") and there != "racewire.cli"
        assert there == home or there in ARROWS[home] or wildcard, f"{name} must not import {target}"


@pytest.mark.parametrize(
    ("name", "path"), [m for m in modules() if m[0].split(".")[0] == "racewire"], ids=lambda i: i if isinstance(i, str) else ""
)
def test_the_kernel_needs_no_network_library(name: str, path: Path) -> None:
    used = {target.split(".")[0] for target, _ in imports(path)}
    if not name.startswith("racewire.cli"):
        assert not used & (HEAVY - {"numpy"}), f"{name} imports {used & HEAVY}"


@pytest.mark.parametrize(
    "code",
    [
        "import racewire",
        "from racewire import Record, find_figures, find_mentions, url_key, open_archive, analyse; find_figures('It raised $5 million.', 'en')",
    ],
)
def test_the_public_names_load_nothing_heavy(code: str) -> None:
    probe = f"{code}\nimport sys; print(*sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_exported_names_are_there() -> None:
    import racewire

    assert sorted(racewire.__all__) == racewire.__all__
    for name in racewire.__all__:
        assert getattr(racewire, name) is not None
    with pytest.raises(AttributeError):
        _ = racewire.no_such_name
