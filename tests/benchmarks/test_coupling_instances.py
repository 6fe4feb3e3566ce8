"""Problems drawn or read for the benchmarks say what they are meant to say."""

import numpy as np
import pytest

from benchmarks.coupling.families import FAMILIES
from benchmarks.coupling.generator import random_problem
from benchmarks.coupling.greedy import by_priority, first_come
from benchmarks.coupling.instances import assignment, read_instances
from binglian.engine.coupling.judge.feasibility import broken_rules, objective_of
from binglian.engine.coupling.pairs import Supplies


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_the_same_seed_draws_the_same_problem_another_seed_another(family):
    first, again = (random_problem(150, seed=1, family=family) for _ in range(2))
    other = random_problem(150, seed=2, family=family)

    assert (first.offers, first.needs, first.kept) == (again.offers, again.needs, again.kept)
    assert first.pairs == again.pairs
    assert first.offers != other.offers


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_serving_in_order_keeps_every_rule_and_serves_somebody(family):
    problem = random_problem(300, seed=1, family=family)

    for served in (first_come(problem), by_priority(problem)):
        assert broken_rules(problem, served) == []
        assert objective_of(problem, served) > objective_of(problem, Supplies.of(()))


def test_an_assignment_problem_counts_its_costs_as_published(tmp_path):
    file = tmp_path / "gapx.txt"
    file.write_text("1\n 2 3\n 1 2 3\n 9 9 9\n 5 5 5\n 4 4 4\n 10 8\n", encoding="ascii")

    (instance,) = read_instances(file)
    pairs = instance.problem.pairs
    chosen = [(0, 0), (0, 1), (1, 2)]  # agent, job: costs 1 + 2 + 9, takes 10 of 10 and 4 of 8
    answer = Supplies.of(
        (p, 0, 1) for p in range(len(pairs)) if (int(pairs.offer[p]), int(pairs.need[p])) in chosen
    )

    assert broken_rules(instance.problem, answer) == []
    assert instance.theirs(float(objective_of(instance.problem, answer))) == 12
    assert instance.is_complete(answer)


def test_an_agent_never_takes_a_job_beyond_its_strength():
    instance = assignment("x", np.array([[1], [1]]), np.array([[5], [3]]), np.array([4, 4]))

    assert instance.problem.pairs.offer.tolist() == [1]


def test_a_knapsack_item_is_packed_whole_or_not_at_all(tmp_path):
    file = tmp_path / "mknap1.txt"
    file.write_text("1\n 2 2 7\n 7 5\n 3 2\n 0 4\n 3 4\n", encoding="ascii")

    (instance,) = read_instances(file)
    problem = instance.problem

    assert instance.best_known == 7
    assert [len(need.components) for need in problem.needs] == [1, 2]
    assert broken_rules(problem, Supplies.of([(0, 0, 3)])) == []
    assert objective_of(problem, Supplies.of([(0, 0, 3)])) == 7
    assert broken_rules(problem, Supplies.of([(1, 0, 2)])) != []


def test_a_file_cut_short_is_not_read(tmp_path):
    file = tmp_path / "d05100"
    file.write_text("2 2\n 1 2 3 4\n", encoding="ascii")

    with pytest.raises(ValueError, match="d05100"):
        read_instances(file)
