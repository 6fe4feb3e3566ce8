"""Problems read or drawn for the planning benchmarks are what they are said to be."""

import io
import tarfile

import pytest

from benchmarks.planning.approvals import random_approvals
from benchmarks.planning.drawn import PORTFOLIOS, random_portfolio
from benchmarks.planning.instances import best_known, drawn_sets, public_sets, sample
from benchmarks.planning.priority_rule import by_latest_finish
from binglian.engine.planning.judge.feasibility import broken_rules
from binglian.engine.planning.problem import (
    Calendar,
    Demand,
    Link,
    Mode,
    PlanningProblem,
    Precedence,
    Resource,
    Task,
)

# Two tasks of 3 and 2 units that both ask for the only unit of R1, between two milestones.
SMALL = b"4 1\n1\n0 0 2 2 3\n3 1 1 4\n2 1 1 4\n0 0 0\n"


def put_archive(folder, name, files):
    with tarfile.open(folder / f"{name}.tar.xz", "w:xz") as archive:
        for file in files:
            member = tarfile.TarInfo(f"{name}/{file}")
            member.size = len(SMALL)
            archive.addfile(member, io.BytesIO(SMALL))


def test_archives_and_folders_are_sets_with_what_is_known_of_them(tmp_path):
    put_archive(tmp_path, "J4", ["J4_1.txt", "J4_2.txt"])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.rcp").write_bytes(SMALL)
    (tmp_path / "mine" / "readme").write_text("not a plan")
    (tmp_path / "best_known.csv").write_text(
        "set,instance,best_known_makespan\nJ4,J4_2.txt,5\nmine,a,5\n"
    )

    sets, said = public_sets(tmp_path)

    assert [(one.set, one.name, one.best_known) for name in sets for one in sets[name]] == [
        ("J4", "J4_1.txt", None), ("J4", "J4_2.txt", 5), ("mine", "a.rcp", 5)
    ]  # fmt: skip
    assert [len(sets["J4"][0].problem().tasks), len(sets["mine"][0].problem().tasks)] == [4, 4]
    assert said == f"Sets in {tmp_path}: J4 (2), mine (1)."


def test_without_a_folder_the_report_says_so_loudly(tmp_path):
    assert public_sets(None)[1].startswith("NO FOLDER WAS NAMED (PSPLIB=folder)")
    assert public_sets(tmp_path / "gone")[1].startswith("THERE IS NO FOLDER")
    assert public_sets(tmp_path)[1].startswith(f"{tmp_path} HOLDS NO PLAN FILES")


def test_a_best_known_value_that_is_no_number_is_named_with_its_line(tmp_path):
    file = tmp_path / "best_known.csv"
    file.write_text("set,instance,best_known_makespan\nJ4,J4_1.txt,5\nJ4,J4_2.txt,five\n")

    with pytest.raises(ValueError, match=r"best_known\.csv, line 3"):
        best_known(file)


def test_the_same_seed_chooses_the_same_sample(tmp_path):
    put_archive(tmp_path, "J4", [f"J4_{i}.txt" for i in range(30)])
    (listed,) = public_sets(tmp_path)[0].values()

    first, again, other = (sample(listed, 5, seed) for seed in (0, 0, 1))

    assert [one.name for one in first] == [one.name for one in again]
    assert [one.name for one in first] != [one.name for one in other]
    assert sample(listed, None, 0) == listed


@pytest.mark.parametrize("name", PORTFOLIOS)
def test_the_same_seed_draws_the_same_portfolio_another_seed_another(name):
    small = {"tasks": 120, "projects": 6, "organisations": 8}

    first, again, other = (random_portfolio(name, seed=seed, **small) for seed in (1, 1, 2))

    assert first == again
    assert first != other
    assert (len(first.tasks), len(first.projects)) == (120, 6)


def test_the_portfolio_of_300_has_everything_a_plan_may_have():
    problem = random_portfolio("portfolio of 300", seed=1)

    assert {one.link for one in problem.precedences} == {Link.FINISH_START, Link.FINISH_FINISH}
    assert any(one.most is not None for one in problem.precedences)
    assert any(one.least > 0 for one in problem.precedences if one.link is Link.FINISH_START)
    assert {len(task.modes) for task in problem.tasks} == {1, 2}
    assert [one.ref for one in problem.resources if not one.renewable] == ["overtime"]
    assert all(one.calendar for one in problem.resources if one.renewable)
    assert all(project.due is not None for project in problem.projects)


def test_every_project_passes_the_27_items_and_waits_for_its_permit():
    problem = random_approvals(3, seed=1)

    assert problem == random_approvals(3, seed=1) != random_approvals(3, seed=2)
    assert [task.ref for task in problem.tasks[26:29]] == ["项目1:27", "项目2:1", "项目2:2"]
    assert Precedence("项目2:20", "项目2:21", most=90) in problem.precedences
    assert Precedence("项目2:15", "项目2:16", Link.FINISH_FINISH, 1) in problem.precedences


@pytest.mark.parametrize("name", ["portfolio of 300", "40 approvals"])
def test_the_priority_rule_keeps_every_rule_of_a_portfolio(name):
    for instance in drawn_sets(2)[name]:
        problem = instance.problem()

        assert broken_rules(problem, by_latest_finish(problem, 1, 1).plan) == []


def test_the_priority_rule_places_the_urgent_task_first():
    one = Demand("R", 1)
    problem = PlanningProblem(
        tasks=(
            Task("short", (Mode("1", 2, (one,)),)),
            Task("long", (Mode("1", 3, (one,)),), calendar="weekdays"),
            Task("after", (Mode("1", 4),)),
        ),
        precedences=(Precedence("long", "after"),),
        resources=(Resource("R", 1),),
        calendars=(Calendar("weekdays", ((1, 3),)),),
    )

    plan = by_latest_finish(problem, 1, 1).plan

    # «long» works in 0, 3 and 4 and leaves R to «short» only from 1 on, over the weekend.
    assert plan.starts == {"short": 1, "long": 0, "after": 5}
    assert plan.finishes == {"short": 3, "long": 5, "after": 9}
