"""The compiled kernel touches no memory but its own and never leaves what C defines."""

import os
import shlex
import subprocess
import sys

import pytest

from tools.debian import find_compiler
from tools.kernel import build_sanitized_kernel
from tools.steps import ROOT

pytestmark = pytest.mark.once

#: Solves random problems with every feature by the library whose path is the first argument.
SOLVES = """
import sys
from pathlib import Path
from benchmarks.coupling.families import FAMILIES
from benchmarks.coupling.generator import random_problem
from binglian.engine.coupling.kernel import library

library.PATH = Path(sys.argv[1])
from binglian.engine.coupling.solve import solve_coupling

for family in FAMILIES:
    problem = random_problem(60, seed=1, family=family)
    first = solve_coupling(problem, seconds=1.5)
    solve_coupling(problem, seconds=0.5, warm_start=first.supplies, warm_prices=first.prices)
print("solved")
"""


def _runtime(name: str) -> str:
    """Where the compiler keeps a library that must be loaded before Python itself."""
    asked = [*shlex.split(find_compiler()), f"-print-file-name={name}"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="preloads the sanitizer as Linux does")
def test_solving_makes_no_memory_error_and_no_undefined_step():
    environment = {
        **os.environ,
        "LD_PRELOAD": f"{_runtime('libasan.so')} {_runtime('libstdc++.so')}",
        "ASAN_OPTIONS": "detect_leaks=0",  # Python itself frees little at its end
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }

    solved = subprocess.run(
        [sys.executable, "-c", SOLVES, build_sanitized_kernel("coupling")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert (solved.stdout, solved.returncode) == ("solved\n", 0), solved.stderr[-4000:]
