"""What the daemon costs, each figure with its bar: memory over many crawls, a poll answered 304, the start, `--help`.

    python benchmarks/daemon.py [--crawls 500] [--json]

Everything runs on loopback: the demo's newsroom in a process of its own, the station in this one. CPU times are of this process
alone. Exit status 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

BARS = {
    "rss_mb_after_crawls": 150.0,
    "rss_growth_mb_last_300": 5.0,
    "cpu_ms_a_poll_304": 12.0,
    "ready_s": 1.0,
    "help_cpu_s": 0.15,
}
NEWSROOM = """
import asyncio, sys
from racewire.demo.newsroom import Newsroom
async def main():
    async with Newsroom() as room:
        room.heal(sys.argv[1])
        print(room.proxy_url, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
asyncio.run(main())
"""


def memory() -> float:
    return psutil.Process().memory_info().rss / 1e6


async def crawls(folder: Path, proxy: str, count: int) -> dict[str, float]:
    """Polls every source of the demo in turn, `count` times in all; the first round stores the articles, the rest is answered 304."""
    from racewire.demo.workspace import write_workspace
    from scheduler.setup import load_setup
    from scheduler.station import Station

    setup = load_setup(write_workspace(folder, proxy, delay="0s"))
    seen: list[float] = []
    async with Station(setup, channels={}) as station:
        names = sorted(station.store.sources)
        cpu, polls = 0.0, 0
        for number in range(count):
            began = time.process_time()
            report = await station.crawl(names[number % len(names)])
            if report.outcome == "not_modified" and number >= 3 * len(names):
                cpu, polls = cpu + time.process_time() - began, polls + 1
            seen.append(memory())
    if not polls:
        raise SystemExit("no poll was answered 304")
    return {
        "crawls": count,
        "polls_304": polls,
        "rss_mb_after_crawls": round(seen[-1], 1),
        "rss_growth_mb_last_300": round(seen[-1] - seen[-301], 1),
        "cpu_ms_a_poll_304": round(cpu / polls * 1000, 2),
    }


def ready(config: Path) -> float:
    """Seconds from the start of `racewire run` to its line that says ready, the best of three."""
    times = []
    for _ in range(3):
        began = time.monotonic()
        daemon = subprocess.Popen(
            [sys.executable, "-m", "racewire", "--config", str(config), "run"], stderr=subprocess.PIPE, text=True
        )
        assert daemon.stderr is not None
        for line in daemon.stderr:
            if re.search(r"\bready\b", line):
                times.append(time.monotonic() - began)
                break
        daemon.terminate()
        daemon.communicate(timeout=30)
    return round(min(times), 2)


def help_cost() -> tuple[float, str]:
    """CPU seconds of `racewire --help` over those of bare Python (best of five), and what it must not have loaded."""

    def cpu(*arguments: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    code = "import sys; from racewire.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(*{'scrapy', 'twisted', 'httpx'} & set(sys.modules), file=sys.stderr)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.strip()
    return round(min(cpu("-m", "racewire", "--help") for _ in range(5)), 3), loaded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--crawls", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    from racewire.demo.papers import BREAKS

    with tempfile.TemporaryDirectory() as folder:
        newsroom = subprocess.Popen(
            [sys.executable, "-c", NEWSROOM, BREAKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert newsroom.stdout is not None
        try:
            proxy = newsroom.stdout.readline().strip()
            figures: dict[str, float] = asyncio.run(crawls(Path(folder), proxy, options.crawls))
            figures["ready_s"] = ready(Path(folder) / "racewire.toml")
        finally:
            newsroom.kill()
            newsroom.wait()
    figures["help_cpu_s"], loaded = help_cost()
    missed = [name for name, bar in BARS.items() if figures[name] > bar] + (["--help loads " + loaded] if loaded else [])
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26} {value:10}" + (f"   (bar {BARS[name]:g})" if name in BARS else ""))
        print("missed: " + ", ".join(missed) if missed else "every bar is met")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
