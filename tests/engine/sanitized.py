"""Runs Python with a kernel that stops at the first memory error or undefined step."""

import os
import shlex
import subprocess
import sys

from tools.debian import find_compiler
from tools.kernel import build_sanitized_kernel
from tools.steps import ROOT


def run_sanitized(engine: str, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script whose first argument is the path of the engine's checking kernel."""
    environment = {
        **os.environ,
        "LD_PRELOAD": f"{_runtime('libasan.so')} {_runtime('libstdc++.so')}",
        "ASAN_OPTIONS": "detect_leaks=0",  # Python itself frees little at its end
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    return subprocess.run(
        [sys.executable, "-c", script, build_sanitized_kernel(engine)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def _runtime(name: str) -> str:
    """Where the compiler keeps a library that must be loaded before Python itself."""
    asked = [*shlex.split(find_compiler()), f"-print-file-name={name}"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
