#!/usr/bin/env python3
"""Compiles the C kernels of the two engines; standard library only.

tools/kernel.py              compile those whose library is not that of the sources at hand
tools/kernel.py --sanitize   compile second ones that stop at the first memory error
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

ENGINES = ("coupling", "planning")

# The same answer on every machine: no fast mathematics, no instructions of this machine alone.
FLAGS = ("-O3", "-std=c11", "-fPIC", "-shared", "-ffp-contract=off")
WARNINGS = ("-Wall", "-Wextra", "-Werror")
SANITIZE = ("-O1", "-g", "-fno-omit-frame-pointer", "-fsanitize=address,undefined")


def build_kernels() -> str | None:
    """Compile the kernels; a compiler is needed only when something changed.

    Raises
    ------
    StepFailed
        There is no compiler and none can be installed here, or the sources do not compile.
    """
    built = [_build(_sources(engine), _sources(engine) / "_kernel.so", FLAGS) for engine in ENGINES]
    return None if any(built) else "already built"


def build_sanitized_kernel(engine: str) -> Path:
    """Compile a kernel with the address and undefined-behaviour sanitizers, return its path."""
    library = ROOT / f"build/_{engine}_kernel_sanitized.so"
    _build(_sources(engine), library, (*FLAGS, *SANITIZE, "-fno-sanitize-recover=all"))
    return library


def _sources(engine: str) -> Path:
    return ROOT / "src/binglian/engine" / engine / "kernel"


def _build(folder: Path, library: Path, flags: tuple[str, ...]) -> bool:
    """Compile what is in the folder, unless the library is of just that; say whether it did."""
    sources = sorted(folder.glob("*.c"))
    fingerprint = _fingerprint([*sources, *sorted(folder.glob("*.h"))], flags)
    # The library carries the fingerprint of what it was made of, so no stamp can go astray.
    if library.exists() and fingerprint.encode() in library.read_bytes():
        return False
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
            raise StepFailed(f"{folder} does not compile:\n{compiled.stderr}")
        made.replace(library)  # at once, for those who load it meanwhile
    except FileNotFoundError as error:
        raise StepFailed(f"There is no compiler {command[0]}; see the variable CC.") from error
    finally:
        made.unlink(missing_ok=True)
    return True


def _fingerprint(files: list[Path], flags: tuple[str, ...]) -> str:
    digest = hashlib.sha256(" ".join((platform.system(), platform.machine(), *flags)).encode())
    for file in files:
        digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sanitize", action="store_true", help="compile the checking ones")
    wanted = parser.parse_args()
    try:
        if wanted.sanitize:
            print(*map(build_sanitized_kernel, ENGINES), sep="\n")
        else:
            print(build_kernels() or "built")
    except StepFailed as reason:
        return fail(str(reason))
    return 0


if __name__ == "__main__":
    sys.exit(main())
