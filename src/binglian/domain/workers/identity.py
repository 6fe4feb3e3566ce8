"""Which process a worker is, so that another can tell whether it still lives."""

from __future__ import annotations

import os
from pathlib import Path

_START = 19  # field of /proc/PID/stat after the name: when it began, in ticks since the boot


def own_id() -> str:
    """«machine-process-beginning», at most 64 characters.

    The machine is a boot of it and a space of process numbers: a container is one of its own.
    """
    return f"{_machine()}-{os.getpid()}-{_begun(os.getpid()) or 0}"


def is_gone(worker_id: str) -> bool | None:
    """Whether that process has ended; ``None`` where it cannot be seen from here."""
    machine, _dash, rest = worker_id.partition("-")
    pid, _dash, begun = rest.partition("-")
    if machine != _machine() or not pid.isdecimal():
        return None
    return _begun(int(pid)) != int(begun or 0)


def _machine() -> str:
    boot = _read(Path("/proc/sys/kernel/random/boot_id")).strip().replace("-", "")[:16]
    try:
        space = os.readlink("/proc/self/ns/pid").strip("pid:[]")
    except OSError:
        space = ""
    return f"{boot}.{space}"


def _begun(pid: int) -> int | None:
    """When the process began; nothing if there is none, or only what is left of it."""
    after_name = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    if len(after_name) <= _START or after_name[0] in ("Z", "X"):
        return None
    return int(after_name[_START])


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
