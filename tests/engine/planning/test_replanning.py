"""Claims on planning anew: history stands, little moves, and everybody hears why."""

from binglian.engine.planning.problem import Frozen
from binglian.engine.planning.replanning import running, who_moves
from binglian.engine.planning.solve import solve_plan
from binglian.engine.planning.what_if import Changes, changed, moves_between
from binglian.engine.planning.wording import WORKING_DAYS, Wording

from .approvals import approvals

WORDS = Wording("zh", unit=WORKING_DAYS)
OWNERS = {"20": "住建局", "14": "建设单位", "18": "住建局", "19": "建设单位"}


def planned():
    problem = approvals()
    return problem, solve_plan(problem, schedules=10).plan


def happened_until(plan, day):
    return {
        ref: Frozen(start, finish=plan.finishes[ref] if plan.finishes[ref] <= day else None)
        for ref, start in plan.starts.items()
        if start < day
    }


def test_what_has_slack_keeps_its_days_when_something_else_is_late():
    problem, plan = planned()
    late = {"9": Frozen(17, finish=27)}  # expected 3 days later than planned
    left = running(problem, plan, happened_until(plan, 24) | late, today=24)

    after = solve_plan(left, seconds=5)

    shifts = who_moves(left, plan, after.plan)[""]
    moved = {shift.move.task for shift in shifts}
    assert after.tiers.makespan == 74
    assert moved == {"14", "15", "16", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27"}


def test_everybody_hears_by_how_much_and_what_began_it():
    problem, plan = planned()
    late = {"9": Frozen(17, finish=27)}
    left = running(problem, plan, happened_until(plan, 24) | late, today=24)

    shifts = who_moves(left, plan, solve_plan(left, seconds=5).plan, OWNERS)

    permit = next(one for one in shifts["住建局"] if one.move.task == "20")
    assert (permit.move.later, permit.root) == (3, "9")
    assert permit.in_words(WORDS) == "「20」由 46 推迟到 49，推迟 3 个工作日；起因是「9」。"


def test_what_began_before_what_it_should_have_waited_for_stops_no_plan():
    problem, plan = planned()
    begun = happened_until(plan, 24)
    ahead = next(tie.before for tie in problem.precedences if tie.after == "9")
    del begun[ahead]  # not reported, though the one after it has begun

    left = running(problem, plan, begun, today=24)

    after = solve_plan(left, seconds=5)
    assert after.plan is not None
    assert after.plan.starts[ahead] >= 24
    assert after.plan.starts["9"] == plan.starts["9"]


def test_nothing_moves_when_all_goes_to_plan():
    problem, plan = planned()
    left = running(problem, plan, happened_until(plan, 24), today=24)

    after = solve_plan(left, seconds=5)

    assert (after.tiers.moved, who_moves(left, plan, after.plan)) == (0, {})


def test_a_change_is_made_to_a_copy_and_compared():
    problem, plan = planned()

    other = changed(problem, Changes(durations={"27": 3}, removed=frozenset({"22"})))
    after = solve_plan(other, schedules=10)

    assert after.tiers.makespan == 69
    assert [move.task for move in moves_between(plan, after.plan)] == ["22", "27"]
    assert {t.ref: t.modes[0].duration for t in problem.tasks}["27"] == 5
