"""What systemd wants to know, told over its datagram socket; nothing happens where there is none.

See sd_notify(3): READY=1 once the daemon works, WATCHDOG=1 while it lives, STOPPING=1 when it ends, STATUS for people.
"""

from __future__ import annotations

import os
import socket


def notify(**state: str) -> bool:
    """Sends `KEY=value` lines (keys are given in any case) to $NOTIFY_SOCKET. Says whether anything was sent."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    text = "\n".join(f"{key.upper()}={value}" for key, value in state.items())
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.connect("\0" + address[1:] if address[0] == "@" else address)
            line.sendall(text.encode())
        except OSError:
            return False  # whoever started us is gone; that is no reason to stop watching
    return True
