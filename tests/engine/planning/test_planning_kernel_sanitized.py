"""The compiled kernel touches no memory but its own and never leaves what C defines."""

import sys

import pytest

from tests.engine.sanitized import run_sanitized

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
from binglian.engine.planning.searching.walk import Walk
from tests.engine.planning.random_projects import FEATURES, random_project
from tests.engine.planning.problems import random_problem
from tests.engine.planning.test_walk import portfolio

drawn = [random_problem(Random(seed), 1 + seed % 9) for seed in range(60)]
wide = portfolio(projects=9, each=8, offices=40)
for problem in [*drawn, wide, *(random_project(features) for features in FEATURES)]:
    network = network_of(problem)
    population = Population(Site(network), size=6)
    population.breed(150)
    best = population.best()
    if best is not None:
        population.add(best.starts, best.modes)
        population.breed(20)
    if len(network.duration) == network.tasks:
        walk = Walk(Site(network))
        walk.breed(150)
        if best is not None:
            walk.add(best.starts, best.modes)
            walk.breed(20)
        walk.best()
print("bred")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="preloads the sanitizer as Linux does")
def test_breeding_makes_no_memory_error_and_no_undefined_step():
    bred = run_sanitized("planning", BREEDS)

    assert (bred.stdout, bred.returncode) == ("bred\n", 0), bred.stderr[-4000:]
