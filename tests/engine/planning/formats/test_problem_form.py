"""Claims on the JSON form of planning problems: what it says, and what it refuses."""

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from binglian.engine.planning.formats import FormatError, read_plan_file
from binglian.engine.planning.formats.form import problem_lines, read_plan
from binglian.engine.planning.formats.form.problem import KEYS
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
from binglian.engine.planning.solve import solve_plan

from .network import approvals

pytestmark = pytest.mark.once

MINIMAL = {
    "schema": "binglian.planning.problem/1",
    "tasks": [{"ref": "a", "duration": 3}, {"ref": "b", "duration": 2}],
    "precedences": [{"before": "a", "after": "b"}],
}


def read(document):
    content = document if isinstance(document, str) else json.dumps(document)
    return read_plan_file(content.encode(), "problem.json")


def changed(**keys):
    return {**MINIMAL, **keys}


def first_task(**keys):
    return changed(tasks=[{"ref": "a", "duration": 3, **keys}, MINIMAL["tasks"][1]])


def test_what_is_usual_may_be_left_out():
    assert read(MINIMAL).problem == PlanningProblem(
        (Task("a", (Mode("1", 3),)), Task("b", (Mode("1", 2),))), (Precedence("a", "b"),)
    )


def test_every_part_of_a_problem_reads_back_as_written():
    modes = (Mode("usual", 5, (Demand("desk", 2),)), Mode("promise", 2, (Demand("money", 30),)))
    problem = PlanningProblem(
        (
            Task("a", modes, "p", "office", 1, 30, 20, 2.5, False, Frozen(2, "usual")),
            Task("b", (Mode("1", 0),), frozen=Frozen(0, finish=0)),
        ),
        (Precedence("a", "b", Link.FINISH_FINISH, 1, 9, "office"),),
        (
            Resource("desk", 3, calendar="office", shortages=((2, 4, 1), (4, 9, 3))),
            Resource("money", 100, renewable=False),
        ),
        (Calendar("office", ((5, 7), (12, 14))),),
        (Project("p", 1, 40, 35, 3.0),),
        earliest=2,
        current=(("a", 2), ("b", 7)),
    )
    written = "".join(problem_lines(read(MINIMAL).__class__(problem, approvals().format)))

    assert read(written).problem == problem


def test_names_and_dates_read_back_as_written():
    file = read("".join(problem_lines(approvals())))

    assert (file.problem, file.axis, file.titles, file.owners, file.title) == (
        approvals().problem,
        approvals().axis,
        approvals().titles,
        approvals().owners,
        approvals().title,
    )


def test_the_published_schema_names_the_keys_that_are_read():
    folder = files("binglian.engine.planning") / "schema"
    schema = json.loads((folder / "planning-problem-1.json").read_text(encoding="utf-8"))

    assert tuple(schema["properties"]) == KEYS
    written = json.loads("".join(problem_lines(approvals())))
    assert set(written) <= set(schema["properties"])
    tasks = schema["properties"]["tasks"]["items"]["properties"]
    assert {key for task in written["tasks"] for key in task} <= set(tasks)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("{", "line 1: not JSON from column 2 on (Expecting property name enclosed in double"
         " quotes). Check quotation marks, commas and brackets."),
        ({"tasks": []}, "schema: is “”, expected “binglian.planning.problem/1”."
         " Check the file and its version."),
        (changed(tasks=[]), "tasks: There is no task to plan. Check that it is the right file."),
        (changed(task=[]), "task: unknown key. Did you mean “tasks”? Correct or delete it."),
        (first_task(duration=-1), "tasks[0].duration: is -1, below 0. Correct it."),
        (first_task(duration="3"),
         'tasks[0].duration: is "3", expected a whole number. Correct it.'),
        (first_task(counted=1), "tasks[0].counted: is 1, expected true or false. Correct it."),
        (first_task(ref="b"), "tasks[1].ref: “b” was used already. Choose another ref."),
        (first_task(modes=[]), None),
        (first_task(modes=[{"ref": "x", "duration": 1}]),
         "tasks[0]: give either duration (with demands) or modes. Correct it."),
        (first_task(demands={"desk": 1}),
         "tasks[0].demands: there is no “desk” in resources. Correct it."),
        (first_task(calendar="offce"),
         "tasks[0].calendar: there is no “offce” in calendars. Correct it."),
        (changed(precedences=[{"before": "a", "after": "c"}]),
         "precedences[0].after: there is no “c” in tasks. Correct it."),
        (changed(precedences=[{"before": "a", "after": "b", "link": "XX"}]),
         'precedences[0].link: is “"XX"”, not one of FS, SS, FF, SF. Correct it.'),
        (changed(precedences=[{"before": "a", "after": "b", "least": 3, "most": 1}]),
         "precedences[0]: precedence a → b: at least 3 and at most 1 cannot both hold."
         " Correct it."),
        (changed(precedences=[{"before": "a", "after": "b"}, {"before": "b", "after": "a"}]),
         "These tasks wait for one another in a circle: a → b → a. Take out one of the links."),
        (changed(axis={"origin": "soon"}),
         "axis.origin: is “soon”, expected a date or moment such as 2026-03-02T08:00:00."
         " Correct it."),
        (changed(axis={"runs": [[1, 0]]}),
         "axis.runs: runs begin at unit 0, units and minutes ascend. Correct them."),
        ('{"schema": "binglian.planning.problem/1", "tasks": [], "tasks": []}',
         "tasks: the same key is written twice. Keep one."),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_path_with_its_remedy(document, said):
    if said is None:
        assert len(read(document).problem.tasks) == 2  # an empty list of modes says nothing
        return
    with pytest.raises(FormatError) as caught:
        read(document)

    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"finishes": {}}, "starts: is missing. Add it."),
        ({"starts": {"a": 0}, "finishes": {}}, "starts.b: is missing. Add it."),
        ({"starts": {"a": 0, "b": 3, "c": 4}, "finishes": {}},
         "starts: there is no “c” in tasks. Correct it."),
        ({"starts": {"a": 0, "b": 3}, "finishes": {"a": 3, "b": 5},
          "modes": {"a": "x", "b": "1"}},
         "modes.a: is “x”, not one of 1. Correct it."),
    ],
)  # fmt: skip
def test_a_plan_must_name_every_task(plan, said):
    with pytest.raises(FormatError) as caught:
        read_plan(json.dumps(plan).encode(), read(MINIMAL).problem)

    assert str(caught.value) == said


def test_the_example_of_the_documentation_is_what_its_page_says():
    page = Path(__file__).resolve().parents[4] / "docs/engine/planning-form.md"
    (example,) = re.findall(r"```json\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    result = solve_plan(read(example).problem, seconds=20)

    plan = result.plan
    assert (result.status.value, result.tiers.makespan) == ("optimal", 22)
    assert (plan.modes["design"], plan.finishes["review"]) == ("hurried", 8)
    assert plan.starts["review"] < plan.finishes["design"]
