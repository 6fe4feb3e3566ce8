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

#: Breeds on random problems with every feature by the library whose path is the first argument.
BREEDS = """
import sys
from pathlib import Path
from random import Random
from binglian.engine.planning.kernel import library

library.PATH = Path(sys.argv[1])
from binglian.engine.planning.kernel.compiled import Site
from binglian.engine.planning.network import network_of
from binglian.engine.planning.searching.population import Population
from tests.engine.planning.random_projects import FEATURES, random_project
from tests.engine.planning.problems import random_problem

drawn = [random_problem(Random(seed), 1 + seed % 9) for seed in range(60)]
for problem in drawn + [random_project(features) for features in FEATURES]:
    population = Population(Site(network_of(problem)), size=6)
    population.breed(150)
    best = population.best()
    if best is not None:
        population.add(best.starts, best.modes)
        population.breed(20)
print("bred")
"""


def _runtime(name: str) -> str:
    """Where the compiler keeps a library that must be loaded before Python itself."""
    asked = [*shlex.split(find_compiler()), f"-print-file-name={name}"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="preloads the sanitizer as Linux does")
def test_breeding_makes_no_memory_error_and_no_undefined_step():
    environment = {
        **os.environ,
        "LD_PRELOAD": f"{_runtime('libasan.so')} {_runtime('libstdc++.so')}",
        "ASAN_OPTIONS": "detect_leaks=0",  # Python itself frees little at its end
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }

    bred = subprocess.run(
        [sys.executable, "-c", BREEDS, build_sanitized_kernel("planning")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert (bred.stdout, bred.returncode) == ("bred\n", 0), bred.stderr[-4000:]
