"""The clock by which a site is served, set forward and back while it serves."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

_SOURCE = Path(__file__).with_suffix(".c")


class Clock:
    """One clock of all processes that are started with its ``environment``; true at first."""

    def __init__(self, folder: Path) -> None:
        """Compile what moves it, in ``folder``; ``FileNotFoundError`` without a C compiler."""
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise FileNotFoundError("no C compiler")
        library = folder / "clock.so"
        wanted = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
        subprocess.run([compiler, *wanted, "-o", library, _SOURCE], check=True)
        self._file = folder / "clock"
        self._file.write_bytes(struct.pack("q", 0))
        self.environment = {"LD_PRELOAD": str(library), "CLOCK_AHEAD": str(self._file)}

    def set(self, seconds: int) -> None:
        """So many seconds ahead of the true time; behind it when negative."""
        with self._file.open("r+b", buffering=0) as file:
            file.write(struct.pack("q", seconds))
