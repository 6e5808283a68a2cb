"""The loop of one worker process: a pickled job in, a pickled answer out, until the input ends.

Started with START as its program, and WARM_UP CPU_SECONDS MEMORY_BYTES as arguments, WARM_UP as module:function. (Not with
-m: the classes here would then belong to `__main__`, and no answer could be unpickled elsewhere.) Whatever else prints goes
nowhere near the answers: standard output is set aside before the first import.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import resource
import signal
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

HEADER = struct.Struct(">I")
START = "import sys; from crawler.worker import main; main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))"


@dataclass(frozen=True, slots=True)
class Answer:
    """`value`, or the `error` that was raised; `rss` is the most memory that the worker has used, in bytes."""

    value: object = None
    error: Exception | None = None
    rss: int = 0


def main(warm_up: str, cpu: float, memory: int) -> None:
    jobs = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the daemon decides when we end
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # the time limit: ends us even inside C code
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    begun = _perform(lambda: _call(warm_up))
    _send(answers, begun)
    with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while head := jobs.read(HEADER.size):
        job = jobs.read(HEADER.unpack(head)[0])
        signal.setitimer(signal.ITIMER_PROF, cpu)
        answer = _perform(lambda job=job: _run(job))  # type: ignore[misc]
        signal.setitimer(signal.ITIMER_PROF, 0)
        _send(answers, answer)


def _call(name: str) -> None:
    module, _, function = name.partition(":")
    getattr(importlib.import_module(module), function)()


def _run(job: bytes) -> object:
    function, args, kwargs = pickle.loads(job)  # noqa: S301 - from our own process
    return function(*args, **kwargs)


def _perform(work: Callable[[], object]) -> bytes:
    """The pickled Answer to it."""
    try:
        return pickle.dumps(Answer(work(), rss=_rss()), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(Answer(error=_portable(error), rss=_rss()), pickle.HIGHEST_PROTOCOL)


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(HEADER.pack(len(answer)) + answer)
    answers.flush()


def _portable(error: Exception) -> Exception:
    """`error` if it survives the way back, else its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}"[:1000])
    return error


def _rss() -> int:
    """The most memory that this process has used. The kernel's own record first: what getrusage tells counts the parent in."""
    try:
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # not Linux
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
