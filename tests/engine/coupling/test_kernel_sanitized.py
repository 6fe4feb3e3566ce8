"""The compiled kernel touches no memory but its own and never leaves what C defines."""

import sys

import pytest

from tests.engine.sanitized import run_sanitized

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


@pytest.mark.skipif(sys.platform != "linux", reason="preloads the sanitizer as Linux does")
def test_solving_makes_no_memory_error_and_no_undefined_step():
    solved = run_sanitized("coupling", SOLVES)

    assert (solved.stdout, solved.returncode) == ("solved\n", 0), solved.stderr[-4000:]
