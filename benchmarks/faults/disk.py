"""A disk so small that it can be filled: a file system in memory, where one may be mounted."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

_SIZE = "160m"
_BALLAST = "ballast"
#: What is left free when the disk counts as full: bytes.
_REST = 32 * 1024


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount one at ``folder``; gives whether that was possible (it takes the rights of root)."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [
        "mount",
        "-t",
        "tmpfs",
        "-o",
        f"size={_SIZE},mode=711",
        "binglian-faults",
        str(folder),
    ]
    is_mounted = subprocess.run(wanted, capture_output=True, check=False).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)


def fill(folder: Path) -> None:
    """Leave no room on the disk that ``folder`` lies on."""
    with (folder / _BALLAST).open("ab", buffering=0) as ballast:
        for block in (1 << 20, 1 << 14, 1 << 12):
            with contextlib.suppress(OSError):
                while os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize > _REST:
                    ballast.write(bytes(block))


def make_room(folder: Path) -> None:
    (folder / _BALLAST).unlink(missing_ok=True)
