"""The judge says of random plans what the rules say unit by unit."""

from random import Random

from hypothesis import given
from hypothesis import strategies as some

from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.judge.tiers import exact_tiers
from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import Plan
from tests.engine.planning.problems import problems
from tests.engine.planning.trying_everything import Rules, is_sound, worth


def random_plan(problem: PlanningProblem, chance: Random) -> Plan:
    """Return a plan that keeps many rules and breaks some."""
    rules, plan = Rules(problem), Plan({}, {}, {})
    for task in problem.tasks:
        mode, start = chance.choice(task.modes), chance.randint(0, 9)
        if task.frozen is not None and chance.random() < 0.9:
            start = task.frozen.start
            mode = next(one for one in task.modes if task.frozen.mode in (None, one.ref))
        while task.frozen is None and not rules.may_start(task, mode, start) and start < 20:
            start += 1
        finish = rules.finish(task, mode, start)
        if task.frozen is not None and task.frozen.finish is not None:
            finish = task.frozen.finish
        plan.starts[task.ref], plan.modes[task.ref] = start, mode.ref
        plan.finishes[task.ref] = finish + (chance.random() < 0.03)
    return plan


plans = problems().flatmap(
    lambda problem: some.tuples(
        some.just(problem),
        some.builds(random_plan, some.just(problem), some.randoms(use_true_random=False)),
    )
)


@given(plans)
def test_a_plan_without_broken_rules_is_sound_unit_by_unit(drawn):
    problem, plan = drawn

    assert (broken_rules(problem, plan) == []) == is_sound(problem, plan)


@given(plans)
def test_aims_are_worth_what_is_counted_unit_by_unit(drawn):
    problem, plan = drawn

    assert exact_tiers(problem, plan) == worth(problem, plan)
