"""Jobs that a worker does not survive, and some that it does."""

from __future__ import annotations

import os
import signal
import time


def warm_up() -> None:
    pass


def fail_to_start() -> None:
    raise ImportError("no such reader")


def double(number: int) -> int:
    return 2 * number


def spin() -> None:
    while True:
        pass


def doze(seconds: float) -> None:
    time.sleep(seconds)


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def eat() -> int:
    return len(bytearray(1 << 40))


def say(text: str) -> str:
    print(text)
    os.write(1, text.encode())
    return text


def divide(number: int) -> float:
    return 1 / number


def odd_error() -> None:
    class Odd(Exception):
        pass

    raise Odd("cannot be pickled")


def pid() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)
