"""The report of the planning benchmarks goes on where it stopped, and counts as it says."""

import pytest

from benchmarks.markdown import put_into
from benchmarks.planning.families import limits_of
from benchmarks.planning.instances import Instance
from benchmarks.planning.measure import Limits, Record, Run, measure, most_seconds, runs_of
from benchmarks.planning.search_alone import alone_table
from benchmarks.planning.tables import tables, with_best
from binglian.engine.planning.problem import Demand, Mode, PlanningProblem, Resource, Task


def a_run(method="ours", instance="1", **changes):
    return {
        "set": "J30", "instance": instance, "method": method, "limit": 1.0, "tasks": 32,
        "best_known": 50, "makespan": 51, "bound": 50, "proved": False, "sound": True,
        "overrun": 0, "lateness": 0.0, "seconds": 1.0, "cpu_seconds": 2.0, "peak_mb": 100,
    } | changes  # fmt: skip


def test_a_second_start_runs_only_what_is_not_on_file(tmp_path):
    problem = PlanningProblem((Task("a", (Mode("1", 3),)),))
    instance = Instance("drawn", "one", lambda: problem)
    runs = list(runs_of(instance, ["rule"], [1.0, 10.0]))
    first = Record(tmp_path / "runs.jsonl", ours="a", peers="b")

    measure(instance, runs, first, Limits())
    again = Record(tmp_path / "runs.jsonl", ours="new engine", peers="b")
    other = Record(tmp_path / "runs.jsonl", ours="a", peers="new benchmark")

    assert runs == [Run("drawn", "one", "rule", 1.0)]  # one pass has no use for a second limit
    assert first.done[runs[0]]["makespan"] == 3
    assert first.done[runs[0]]["sound"] is True
    assert again.done == first.done
    assert other.done == {}


def test_the_search_alone_is_counted_in_schedules():
    machine = (Resource("R", 1),)
    tasks = tuple(Task(ref, (Mode("1", 2, (Demand("R", 1),)),)) for ref in "abc")
    instance = Instance("J3", "one", lambda: PlanningProblem(tasks, (), machine), best_known=5)

    said = alone_table([instance], schedules=(10, 20))

    assert "| J3 | 1 of 1 | 10 | 200.00% | 20.000% |" in said  # 6 where 2 is critical, 5 known
    assert "| J3 | 1 of 1 | 20 | 200.00% | 20.000% |" in said


def test_the_estimate_counts_what_is_left():
    runs = [Run("J60", "1", "ours", 10.0), Run("J60", "1", "rule", 10.0)]

    assert most_seconds(runs) == 12.5


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("J30", (1,)), ("j30.mm", (10,)), ("J60", (10,)), ("J120_even", (1, 10)),
        ("MMLIB50", (10,)), ("100,000 tasks", (120,)),
    ],
)  # fmt: skip
def test_each_set_has_its_limits(name, limits):
    assert limits_of(name) == limits


def test_without_a_known_value_the_best_sound_plan_found_counts():
    runs = with_best(
        [
            a_run(best_known=None, makespan=54, bound=None),
            a_run("rule", best_known=None, makespan=60, bound=None),
            a_run("cp_sat", best_known=None, makespan=40, bound=None, sound=False),
        ]
    )

    assert [run["best"] for run in runs] == [54, 54, 54]
    assert [run.get("gap") for run in runs] == [0, pytest.approx(1 / 9), None]


def test_the_tables_average_over_instances_and_say_which_goal_is_met():
    said = tables([a_run(), a_run(instance="2", makespan=50, proved=True), a_run("rule")])

    assert "| J30 | 1 s | all optimal | 1.000% | 2 | **not yet** |" in said
    assert "**J30**: instances 2, tasks 32" in said
    assert "| Binglian | 1 | 2 of 2 | 1.00% | 1 | 1 | 1.00% | 0.00% | 1.0 | 2.0 | 100 |" in said


def test_a_goal_against_a_peer_compares_in_the_same_run():
    mine = {"set": "MPLIB1_Set3", "limit": 10.0, "bound": 45}

    said = tables([a_run(**mine), a_run("pyjobshop", **mine | {"bound": 10, "makespan": 50})])

    assert "| never worse than PyJobShop | 100.000% | 1 | **not yet** |" in said
    assert "| bound ≤ ¼ as far off as PyJobShop's | 10.000% | 1 | yes |" in said  # 5 / 50, 40 / 50


def test_being_late_counts_before_the_makespan():
    runs = with_best(
        [
            a_run(best_known=None, makespan=60, lateness=0.0),
            a_run("rule", best_known=None, makespan=50, lateness=7.0),
        ]
    )

    assert [(run["at_best"], run.get("gap")) for run in runs] == [(1, None), (0, None)]


def test_a_bound_above_a_known_plan_and_a_broken_rule_are_told():
    said = tables([a_run(bound=52), a_run("cp_sat", sound=False, broken=["R1 is overdrawn at 3"])])

    assert "| Binglian, J30 1, 1 s | bound 52 above a plan of 50 |" in said
    assert "| OR-Tools CP-SAT, J30 1, 1 s | breaks a rule: R1 is overdrawn at 3 |" in said


def test_a_plan_better_than_known_is_told():
    assert "| J30 | 1 | Binglian | 50 | 49 |" in tables([a_run(makespan=49, bound=48)])


def test_the_tables_replace_those_on_the_page(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n")

    put_into(page, "new\n")

    assert page.read_text() == "before\n<!-- measured -->\nnew\n<!-- /measured -->\nafter\n"


def test_a_page_without_marks_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before")

    with pytest.raises(ValueError, match=r"page\.md"):
        put_into(page, "new")
