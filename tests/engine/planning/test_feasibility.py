"""The judge blames exactly what breaks a rule, and says it in one plain sentence."""

from binglian.engine.planning.judge.feasibility import (
    BrokenRule,
    Code,
    broken_rules,
    missed_deadlines,
)
from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Frozen,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Project,
    Resource,
    Task,
)
from binglian.engine.planning.result import Plan
from binglian.engine.planning.wording import WORKING_DAYS, Wording

WEEK = Calendar("week", ((5, 7), (12, 14)))
OFFICE = Resource("office", 2, calendar="week")


def task(ref: str, units: int, *demands: tuple[str, int], **more) -> Task:
    return Task(ref, (Mode("only", units, tuple(Demand(*one) for one in demands)),), **more)


def plan(**spans: tuple[int, int]) -> Plan:
    return Plan(
        {ref: start for ref, (start, _) in spans.items()},
        {ref: finish for ref, (_, finish) in spans.items()},
        dict.fromkeys(spans, "only"),
    )


def test_a_plan_that_keeps_all_rules_is_sound():
    problem = PlanningProblem(
        (task("a", 3, ("office", 1)), task("b", 4, ("office", 2)), task("end", 0)),
        (Precedence("a", "b"), Precedence("b", "end", least=1)),
        (OFFICE,),
        (WEEK,),
    )

    assert broken_rules(problem, plan(a=(0, 3), b=(3, 9), end=(13, 13))) == []


def test_what_the_plan_lacks_or_makes_up_is_all_it_is_judged_for():
    problem = PlanningProblem((task("a", 3), task("b", 3)))
    odd = Plan({"a": 9, "c": 0}, {"a": 1, "c": 1}, {"a": "fast", "c": "only"})

    assert broken_rules(problem, odd) == [
        BrokenRule(Code.UNKNOWN_TASK, ("c",)),
        BrokenRule(Code.UNKNOWN_MODE, ("a",), modes=("fast",)),
        BrokenRule(Code.NOT_PLANNED, ("b",)),
    ]


def test_work_starts_when_somebody_works_and_pauses_over_closed_units():
    problem = PlanningProblem(
        (task("shut", 2, ("office", 1)), task("hasty", 4, ("office", 1)), task("lazy", 5)),
        (),
        (OFFICE,),
        (WEEK,),
    )

    assert broken_rules(problem, plan(shut=(5, 9), hasty=(3, 7), lazy=(0, 6))) == [
        BrokenRule(Code.DURATION, ("lazy",), 6, 5, at=0),
        BrokenRule(Code.CLOSED, ("shut",), 5, 5),
        BrokenRule(Code.DURATION, ("hasty",), 7, 9, at=3),
    ]


def test_nothing_starts_before_today_its_release_or_its_projects():
    problem = PlanningProblem(
        (task("a", 1, release=4), task("b", 1, project="park"), task("c", 1)),
        projects=(Project("park", release=6),),
        earliest=2,
    )

    assert broken_rules(problem, plan(a=(3, 4), b=(5, 6), c=(1, 2))) == [
        BrokenRule(Code.RELEASE, ("a",), 3, 4),
        BrokenRule(Code.RELEASE, ("b",), 5, 6),
        BrokenRule(Code.TODAY, ("c",), 1, 2),
    ]


def test_each_link_ties_the_ends_it_names():
    pair = (task("a", 2), task("b", 3))
    starts_at_4 = plan(a=(3, 5), b=(4, 7))

    def left(link: Link) -> int:
        problem = PlanningProblem(pair, (Precedence("a", "b", link, least=9),))
        (broken,) = broken_rules(problem, starts_at_4)
        return broken.found

    assert [left(link) for link in Link] == [-1, 1, 2, 4]


def test_lags_in_worked_units_of_a_calendar_skip_what_is_closed():
    pair = (task("permit", 1), task("works", 1))
    lapses = Precedence("permit", "works", least=3, most=3, calendar="week")
    problem = PlanningProblem(pair, (lapses,), calendars=(WEEK,))

    assert broken_rules(problem, plan(permit=(3, 4), works=(9, 10))) == []
    assert broken_rules(problem, plan(permit=(3, 4), works=(8, 9))) == [
        BrokenRule(Code.LEAST, ("permit", "works"), 2, 3)
    ]
    assert broken_rules(problem, plan(permit=(3, 4), works=(10, 11))) == [
        BrokenRule(Code.MOST, ("permit", "works"), 4, 3)
    ]


def test_a_closed_stretch_does_not_let_what_comes_after_come_before():
    tie = Precedence("a", "b", calendar="week")
    problem = PlanningProblem((task("a", 1), task("b", 1)), (tie,), calendars=(WEEK,))

    assert broken_rules(problem, plan(a=(6, 7), b=(5, 6))) == [
        BrokenRule(Code.LEAST, ("a", "b"), -2, 0)
    ]


def test_a_capacity_is_counted_in_the_units_really_worked():
    tasks = (
        task("a", 3, ("office", 1), ("crew", 1)),  # pauses over the weekend
        task("b", 2, ("crew", 2)),
        task("c", 1, ("crew", 1)),
    )
    problem = PlanningProblem(tasks, (), (OFFICE, Resource("crew", 2)), (WEEK,))

    assert broken_rules(problem, plan(a=(4, 9), b=(5, 7), c=(0, 1))) == []
    assert broken_rules(problem, plan(a=(4, 9), b=(6, 8), c=(0, 1))) == [
        BrokenRule(Code.CAPACITY, ("a", "b"), 3, 2, "crew", at=7, until=8)
    ]


def test_history_is_never_blamed_and_nothing_is_added_where_it_exceeds():
    crew = Resource("crew", 2)
    tasks = (
        task("a", 4, ("crew", 2), frozen=Frozen(0)),
        task("b", 4, ("crew", 2), frozen=Frozen(2, finish=3)),  # shorter than foreseen
        task("c", 1, ("crew", 1)),
    )
    problem = PlanningProblem(tasks, (Precedence("a", "b"),), (crew,), earliest=1)

    assert broken_rules(problem, plan(a=(0, 4), b=(2, 3), c=(4, 5))) == []
    assert broken_rules(problem, plan(a=(0, 4), b=(2, 3), c=(2, 3))) == [
        BrokenRule(Code.CAPACITY, ("a", "b", "c"), 5, 2, "crew", at=2, until=3)
    ]
    assert broken_rules(problem, plan(a=(1, 5), b=(2, 4), c=(5, 6))) == [
        BrokenRule(Code.HISTORY, ("a",), 1, 0, what="start"),
        BrokenRule(Code.HISTORY, ("b",), 4, 3, what="finish"),
    ]


def test_history_keeps_its_mode():
    dear, cheap = Mode("dear", 1), Mode("cheap", 2)
    done = Task("a", (dear, cheap), frozen=Frozen(0, "cheap", finish=2))

    assert broken_rules(PlanningProblem((done,)), Plan({"a": 0}, {"a": 2}, {"a": "dear"})) == [
        BrokenRule(Code.HISTORY, ("a",), what="mode", modes=("dear", "cheap"))
    ]


def test_a_budget_is_spent_once_by_each_task():
    fund = Resource("fund", 5, renewable=False)
    problem = PlanningProblem((task("a", 9, ("fund", 3)), task("b", 9, ("fund", 3))), (), (fund,))

    assert broken_rules(problem, plan(a=(0, 9), b=(0, 9))) == [
        BrokenRule(Code.BUDGET, ("a", "b"), 6, 5, "fund")
    ]


def test_deadlines_of_tasks_and_projects_are_reported_apart():
    problem = PlanningProblem(
        (task("a", 4, project="park", deadline=4), task("b", 4, project="park", deadline=3)),
        projects=(Project("park", deadline=6),),
    )
    late = plan(a=(0, 4), b=(3, 7))

    said = [one.in_words(Wording("en")) for one in missed_deadlines(problem, late)]

    assert broken_rules(problem, late) == []
    assert said == [
        "Task “b” is due by 3 but finishes at 7, 4 days beyond.",
        "Project “park” is due by 6 but finishes at 7, 1 day beyond.",
    ]


def test_a_broken_rule_is_one_sentence_with_titles_dates_and_units():
    broken = BrokenRule(Code.LEAST, ("14", "19"), 2, 5, link=Link.FINISH_FINISH)
    titles = {"14": "招标", "19": "工资保证金"}

    assert str(broken) == (
        "The finish of “19” comes at least 5 units after the finish of “14”,"
        " but the plan leaves 2 units."
    )
    assert broken.in_words(Wording("zh", titles, WORKING_DAYS)) == (
        "任务「工资保证金」的完成距「招标」的完成至少 5 个工作日，计划只有 2 个工作日。"
    )
    release = BrokenRule(Code.RELEASE, ("14",), 3, 4)
    dated = Wording("zh", titles, start=lambda day: f"6 月 {day + 1} 日")
    assert release.in_words(dated) == "任务「招标」排在 6 月 4 日 开始，最早只能 6 月 5 日 开始。"
