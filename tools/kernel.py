#!/usr/bin/env python3
"""Compiles the C kernel of the coupling engine; standard library only.

tools/kernel.py              compile unless the library at hand is that of these sources
tools/kernel.py --sanitize   compile a second one that stops at the first memory error
"""

import argparse
import hashlib
import os
import platform
import shlex
import subprocess
import sys
from pathlib import Path

if not __package__:  # run as a script
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.debian import find_compiler
from tools.steps import ROOT, StepFailed, fail

SOURCES = ROOT / "src/binglian/engine/coupling/kernel"
LIBRARY = SOURCES / "_kernel.so"
SANITIZED = ROOT / "build/_kernel_sanitized.so"

# The same answer on every machine: no fast mathematics, no instructions of this machine alone.
FLAGS = ("-O3", "-std=c11", "-fPIC", "-shared", "-ffp-contract=off")
WARNINGS = ("-Wall", "-Wextra", "-Werror")
SANITIZE = ("-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address,undefined")


def build_kernel() -> str | None:
    """Compile the kernel; a compiler is needed only when something changed.

    Raises
    ------
    StepFailed
        There is no compiler and none can be installed here, or the sources do not compile.
    """
    return _build(LIBRARY, FLAGS)


def build_sanitized_kernel() -> Path:
    """Compile the kernel with the address and undefined-behaviour sanitizers, return its path."""
    _build(SANITIZED, (*FLAGS, *SANITIZE, "-fno-sanitize-recover=all"))
    return SANITIZED


def _build(library: Path, flags: tuple[str, ...]) -> str | None:
    sources = sorted(SOURCES.glob("*.c"))
    fingerprint = _fingerprint([*sources, *sorted(SOURCES.glob("*.h"))], flags)
    # The library carries the fingerprint of what it was made of, so no stamp can go astray.
    if library.exists() and fingerprint.encode() in library.read_bytes():
        return "already built"
    library.parent.mkdir(parents=True, exist_ok=True)
    made = library.with_name(f".{library.stem}.{os.getpid()}.so")
    command = [
        *shlex.split(find_compiler()),
        *flags,
        *WARNINGS,
        f'-DBINGLIAN_KERNEL_SOURCES="{fingerprint}"',
        *map(str, sources),
        "-lm",
        "-o",
        str(made),
    ]
    try:
        compiled = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if compiled.returncode:
            raise StepFailed(f"The kernel does not compile:\n{compiled.stderr}")
        made.replace(library)  # at once, for those who load it meanwhile
    except FileNotFoundError as error:
        raise StepFailed(f"There is no compiler {command[0]}; see the variable CC.") from error
    finally:
        made.unlink(missing_ok=True)
    return None


def _fingerprint(files: list[Path], flags: tuple[str, ...]) -> str:
    digest = hashlib.sha256(" ".join((platform.system(), platform.machine(), *flags)).encode())
    for file in files:
        digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sanitize", action="store_true", help="compile the checking one")
    wanted = parser.parse_args()
    try:
        print(build_sanitized_kernel() if wanted.sanitize else build_kernel() or "built")
    except StepFailed as reason:
        return fail(str(reason))
    return 0


if __name__ == "__main__":
    sys.exit(main())
