"""Claims on the text formats of planning research."""

import pytest

from binglian.engine.planning.formats import Format, FormatError, read_plan_file
from binglian.engine.planning.problem import Demand, Link, Mode, Precedence, Project, Resource

pytestmark = pytest.mark.once

PATTERSON = """\
4 2
3 1
0 0 0  2 2 3
5 2 0  1 4
4 2 1  1
4
0 0 0  0
"""
SEVERAL = """\
2
1
4

3 0
1
0 0 1 1:2
5 2 1 1:3
0 0 0
2 7
1
3 1 1 2:2
1 4 0
"""
PSPLIB = """\
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  20
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  1   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0        9        1        9
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        2          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  N 1
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    0
         2     5       0    6
  3      1     4       1    1
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  N 1
    2    8
************************************************************************
"""
PROGEN_MAX = """\
2 1 0 0
0 1 2 1 2 [0] [0]
1 1 2 2 3 [2] [4]
2 1 2 1 3 [-6] [3]
3 1 1 0 [-20]
0 1 0 0
1 1 4 1
2 1 3 2
3 1 0 0
2
"""


def read(text, name="plan.txt"):
    return read_plan_file(text.encode(), name)


def refusal(text, name="plan.txt"):
    with pytest.raises(FormatError) as caught:
        read(text, name)
    return caught.value


def test_pattersons_text_is_read_wherever_its_lines_break():
    problem = read(PATTERSON).problem

    assert [task.ref for task in problem.tasks] == ["1", "2", "3", "4"]
    assert problem.tasks[2].modes == (Mode("1", 4, (Demand("R1", 2), Demand("R2", 1))),)
    assert problem.resources == (Resource("R1", 3), Resource("R2", 1))
    ties = [(one.before, one.after) for one in problem.precedences]
    assert ties == [("1", "2"), ("1", "3"), ("2", "4"), ("3", "4")]


def test_tasks_of_several_projects_are_called_by_project_and_number():
    problem = read(SEVERAL).problem

    assert problem.projects == (Project("1"), Project("2", release=7))
    tasks = [(task.ref, task.project, task.modes[0].duration) for task in problem.tasks]
    assert tasks == [
        ("1:1", "1", 0), ("1:2", "1", 5), ("1:3", "1", 0), ("2:1", "2", 3), ("2:2", "2", 1),
    ]  # fmt: skip


def test_psplib_files_carry_modes_and_budgets():
    problem = read(PSPLIB).problem

    assert problem.resources == (Resource("R1", 2), Resource("N1", 8, renewable=False))
    assert problem.tasks[1].modes == (
        Mode("1", 3, (Demand("R1", 2),)),
        Mode("2", 5, (Demand("N1", 6),)),
    )
    assert len(problem.precedences) == 4


def test_psplib_files_are_read_with_blank_lines_or_without_rows_of_stars():
    spaced = PSPLIB.replace("\n", "\n\n")
    bare = "\n".join(line for line in PSPLIB.splitlines() if not line.startswith("*"))

    assert read(spaced).problem == read(PSPLIB).problem
    assert read(bare).problem == read(PSPLIB).problem


@pytest.mark.parametrize("name", ["a.sm", "a.rcp", "a.sch"])
def test_texts_saved_as_unicode_are_read(name):
    text = {"a.sm": PSPLIB, "a.rcp": PATTERSON, "a.sch": PROGEN_MAX}[name]

    assert read_plan_file(text.encode("utf-16"), name) == read(text, name)


def test_minimal_and_maximal_lags_between_starts_become_one_precedence():
    problem = read(PROGEN_MAX).problem

    assert Precedence("1", "2", Link.START_START, 2, 6) in problem.precedences
    assert Precedence("3", "0", Link.START_START, -20) in problem.precedences
    assert len(problem.precedences) == 6


@pytest.mark.parametrize(
    ("text", "name", "format"),
    [
        (PATTERSON, "a.txt", Format.PATTERSON),
        (PATTERSON, "a.rcp", Format.PATTERSON),
        (SEVERAL, "a", Format.SEVERAL),
        (PSPLIB, "a.txt", Format.PSPLIB),
        (PROGEN_MAX, "a.txt", Format.PROGEN_MAX),
        (PROGEN_MAX, "a.sch", Format.PROGEN_MAX),
    ],
)
def test_the_format_is_known_by_the_content(text, name, format):
    assert read(text, name).format == format


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty. Check that it is the right one."),
        ("hello", "The format is not known. Name it by --format: psplib, patterson, multi-project,"
         " progen-max, mspdi, xer, sheet, json."),
        (PATTERSON.replace("5 2 0", "5.5 2 0"),
         "line 4, duration: is “5.5”, expected a whole number. Correct it."),
        (PATTERSON.replace("5 2 0", "-5 2 0"),
         "line 4, duration: is -5, below 0. Correct it."),
        (PATTERSON.replace("5 2 0  1 4", "5 2 0  1 9"),
         "line 4, successor: there is no task 9. Correct the number."),
        (PATTERSON.removesuffix("0\n"),
         "line 7, number of successors: the file ends here, and this is still missing."
         " Check that it is whole."),
        (PATTERSON + "17",
         "line 8: “17” is too much: by the counts at the top all has been read."
         " Check the counts."),
        (PATTERSON.replace("0 0 0  0\n", "0 0 0  1 2\n"),
         "These tasks wait for one another in a circle: 2 → 4 → 2. Take out one of the links."),
        (SEVERAL.replace("2:2", "2:5"),
         "line 12, successor: there is no task 2:5. Correct the number."),
        (PSPLIB.replace("         2     5", "         3     5"),
         "line 26, mode: is 3, expected 2. Check it."),
        (PSPLIB.replace("REQUESTS", "WISHES"),
         "There is no section “REQUESTS/DURATIONS”. Check that the file is whole."),
        (PSPLIB.replace(":  0   D", ":  2   D"),
         "doubly constrained: counts 2 doubly constrained resources, which are not supported."
         " Make them renewable or nonrenewable."),
        (PROGEN_MAX.replace("[4]", "[4.5]"),
         "line 3, lag: is “4.5”, expected a whole number. Correct it."),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_line_and_field_with_its_remedy(text, said):
    assert str(refusal(text)) == said


def test_faults_are_told_in_chinese_too():
    refused = refusal(PATTERSON.replace("5 2 0  1 4", "5 2 0  1 9"))

    assert refused.in_words("zh") == "第 4 行“后继”：没有编号为 9 的任务。请改正编号。"


def test_tasks_that_start_together_are_no_circle():
    together = PROGEN_MAX.replace("[2] [4]", "[0] [4]").replace("[-6]", "[0]")

    assert len(read(together).problem.precedences) == 7
