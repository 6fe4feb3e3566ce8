"""The best plan and the best bound of a run, and how far they are apart."""

import math

import numpy as np
import pytest

from binglian.engine.planning.best import Best
from binglian.engine.planning.network import network_of
from binglian.engine.planning.problem import Mode, PlanningProblem, Task
from binglian.engine.planning.programmes.aims import Aims
from binglian.engine.planning.programmes.standing import Standing
from binglian.engine.planning.result import Bound


@pytest.fixture
def best() -> Best:
    return Best(Aims(network_of(PlanningProblem((Task("survey", (Mode("only", 3),)),)))))


def test_the_gap_is_what_lies_between_bound_and_makespan(best):
    best.take(Standing(np.array([4]), np.array([7]), np.array([0])))
    best.raise_bound(3, Bound.CRITICAL_PATH)

    assert best.gap() == 4


def test_without_a_plan_the_gap_has_no_end(best):
    assert best.gap() == math.inf
