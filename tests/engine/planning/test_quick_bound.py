"""A bound without a search: never above what a plan takes, exact where nothing is shared."""

from hypothesis import assume, given, settings

from binglian.engine.planning.problem import Mode, PlanningProblem, Precedence, Task
from binglian.engine.planning.quick_bound import quick_bound
from binglian.engine.planning.solve import solve_plan

from .approvals import approvals
from .problems import problems


def test_the_27_approvals_take_no_less_than_71_days():
    assert quick_bound(approvals()) == 71


@settings(max_examples=40)
@given(problems())
def test_no_plan_ends_before_it(problem):
    result = solve_plan(problem, schedules=50)
    assume(result.plan is not None)

    assert quick_bound(problem) <= result.tiers.makespan


def test_where_tasks_wait_in_a_circle_nothing_is_bounded():
    tasks = tuple(Task(ref, (Mode("1", 2),)) for ref in "ab")

    assert quick_bound(PlanningProblem(tasks, (Precedence("a", "b"), Precedence("b", "a")))) == 0
