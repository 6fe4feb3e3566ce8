"""Claims on P6's export: activities, calendars, relationships, what has happened, encodings."""

import pytest

from binglian.engine.planning.formats import Decided, FormatError, read_plan_file
from binglian.engine.planning.problem import Demand, Frozen, Link
from binglian.engine.planning.solve import solve_plan

pytestmark = pytest.mark.once

DAY = "(0||{day}()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))"
WEEK = "".join(DAY.format(day=day) for day in range(2, 7)) + "(0||1()())(0||7()())"
CALENDAR = "(0||CalendarData()((0||DaysOfWeek()({week}))(0||Exceptions()({exceptions}))))"
FIELDS = {
    "PROJECT": "proj_id proj_short_name plan_start_date last_recalc_date",
    "CALENDAR": "clndr_id clndr_name clndr_data",
    "TASK": "task_id proj_id clndr_id task_code task_name task_type status_code"
    " target_drtn_hr_cnt remain_drtn_hr_cnt act_start_date act_end_date cstr_type cstr_date",
    "TASKPRED": "task_pred_id task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt",
    "RSRC": "rsrc_id rsrc_name rsrc_type clndr_id def_qty_per_hr",
    "RSRCRATE": "rsrc_id max_qty_per_hr",
    "TASKRSRC": "task_id rsrc_id target_qty_per_hr",
}
NOT_STARTED = ("", "", "", "")


def activity(number, hours=16, kind="TT_Task", status="TK_NotStart", more=NOT_STARTED, **said):
    name = said.get("name", f"Activity {number}")
    remain = str(said.get("remain", hours))
    return (str(number), "9", "1", f"A{number}", name, kind, status, str(hours), remain, *more)


def relation(before, after, kind="PR_FS", lag=0, foreign=False):
    return ("1", str(after), str(before), "9", "8" if foreign else "9", kind, str(lag))


def export(tasks, exceptions="", **tables):
    rows = {
        "PROJECT": [("9", "YARD", "2026-03-02 08:00", "2026-03-02 08:00")],
        "CALENDAR": [("1", "Five days", CALENDAR.format(week=WEEK, exceptions=exceptions))],
        "TASK": tasks,
        **tables,
    }
    lines = ["ERMHDR\t19.12"]
    for table, listed in rows.items():
        lines += [f"%T\t{table}", "\t".join(["%F", *FIELDS[table].split()])]
        lines += ["\t".join(["%R", *row]) for row in listed]
    return "\r\n".join([*lines, "%E"])


def read(*arguments, encoding="utf-8", **tables):
    return read_plan_file(export(*arguments, **tables).encode(encoding), "plan.xer")


def planned_dates(file):
    plan = solve_plan(file.problem, seconds=20).plan
    return {
        ref: (file.axis.begins(start).isoformat(), file.axis.ends(plan.finishes[ref]).isoformat())
        for ref, start in plan.starts.items()
    }


def test_exports_saved_as_unicode_are_read():
    tasks = [activity(1)]

    assert read(tasks, encoding="utf-16") == read(tasks)


def test_activities_go_by_their_code_and_work_by_their_calendar():
    file = read([activity(1, 40), activity(2, 4)], TASKPRED=[relation(1, 2, lag=4)])

    assert file.titles == {"A1": "Activity 1", "A2": "Activity 2"}
    assert planned_dates(file) == {
        "A1": ("2026-03-02T08:00:00", "2026-03-06T17:00:00"),
        "A2": ("2026-03-09T13:00:00", "2026-03-09T17:00:00"),
    }


def test_exceptions_close_and_open_days():
    """Day 46084 since 30 December 1899 is Tuesday 3 March 2026, 46088 the Saturday after."""
    closed = "(0||0(d|46084)())"
    opened = "(0||0(d|46088)((0||0(s|08:00|f|12:00)())))"

    assert planned_dates(read([activity(1, 16)], closed))["A1"][1] == "2026-03-04T17:00:00"
    assert planned_dates(read([activity(1, 44)], opened))["A1"][1] == "2026-03-07T12:00:00"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("PR_FS", Link.FINISH_START),
        ("PR_SS", Link.START_START),
        ("PR_FF", Link.FINISH_FINISH),
        ("PR_SF", Link.START_FINISH),
    ],
)
def test_all_four_relationships_are_read(kind, expected):
    file = read([activity(1), activity(2)], TASKPRED=[relation(1, 2, kind, 8)])

    assert [(one.link, one.least) for one in file.problem.precedences] == [(expected, 8)]


def test_what_happened_is_frozen_and_what_remains_follows_the_data_date():
    dates = ("2026-03-02 08:00", "2026-03-03 12:00", "", "")
    done = activity(1, 16, status="TK_Complete", more=dates)
    under_way = activity(2, 16, status="TK_Active", more=("2026-03-03 13:00", "", "", ""), remain=8)
    data_date = [("9", "YARD", "2026-03-02 08:00", "2026-03-05 08:00")]
    file = read([done, under_way, activity(3, 8)], PROJECT=data_date)

    first, second, third = file.problem.tasks
    assert first.frozen == Frozen(0, finish=12)
    assert (second.frozen, second.modes[0].duration) == (Frozen(12), 20)
    assert (third.frozen, file.problem.earliest) == (None, 24)


def test_constraints_become_releases_and_deadlines():
    by = ("", "", "CS_MEOB", "2026-03-03 17:00")
    after = ("", "", "CS_MSOA", "2026-03-03 08:00")
    tasks = read([activity(1, more=by), activity(2, more=after)]).problem.tasks

    assert [(one.release, one.deadline) for one in tasks] == [(0, 16), (8, None)]


def test_people_limit_and_materials_do_not():
    file = read(
        [activity(1)],
        RSRC=[("5", "Masons", "RT_Labor", "1", "1"), ("6", "Sand", "RT_Mat", "1", "1")],
        RSRCRATE=[("5", "3")],
        TASKRSRC=[("1", "5", "2"), ("1", "6", "10")],
    )

    assert [(one.ref, one.capacity) for one in file.problem.resources] == [("Masons", 300)]
    assert file.problem.tasks[0].modes[0].demands == (Demand("Masons", 200),)
    assert [remark.decided for remark in file.remarks] == [Decided.MATERIAL]


def test_levels_of_effort_are_left_out_with_their_links():
    file = read([activity(1), activity(2, kind="TT_LOE")], TASKPRED=[relation(1, 2)])

    assert [one.ref for one in file.problem.tasks] == ["A1"]
    assert file.problem.precedences == ()


def test_links_to_other_projects_are_left_out_and_this_is_said():
    file = read([activity(1)], TASKPRED=[relation(77, 1, foreign=True)])

    assert [remark.decided for remark in file.remarks] == [Decided.OUTSIDE]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "里院修缮"), ("gb18030", "里院修缮"), ("cp1252", "Büroausbau, façade")],
)
def test_names_are_read_in_the_encoding_of_the_exporting_program(encoding, name):
    assert read([activity(1, name=name)], encoding=encoding).titles == {"A1": name}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (export([]), "There is no task to plan. Check that it is the right file."),
        (export([activity(1, "x")]),
         "line 10, TASK.target_drtn_hr_cnt: is “x”, expected a number. Correct it."),
        (export([activity(1, more=("tomorrow", "", "", ""))]),
         "line 10, TASK.act_start_date: is “tomorrow”, expected a date or moment such as"
         " 2026-03-02T08:00:00. Correct it."),
        (export([activity(1)], TASKPRED=[relation(7, 1)]),
         "line 13, TASKPRED.pred_task_id: there is no task 7. Correct the number."),
        (export([activity(1), activity(2)], TASKPRED=[relation(1, 2, "PR_XY")]),
         "line 14, TASKPRED.pred_type: is “PR_XY”, not one of PR_FS, PR_SS, PR_FF, PR_SF."
         " Correct it."),
        (export([activity(1), activity(2)], TASKPRED=[relation(1, 2), relation(2, 1)]),
         "These tasks wait for one another in a circle: A1 Activity 1 → A2 Activity 2 →"
         " A1 Activity 1. Take out one of the links."),
        (export([activity(1)]).replace("f|12:00", "f|14:00"),
         "line 7, CALENDAR.clndr_data: the working times of a day overlap, or end before they"
         " begin. Correct the calendar."),
        ("ERMHDR\t19.12\n%R\t1", "There is no section “%T, %F”. Check that the file is whole."),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_line_table_and_field_with_its_remedy(text, said):
    with pytest.raises(FormatError) as caught:
        read_plan_file(text.encode(), "plan.xer")

    assert str(caught.value).removeprefix("line 2: ") == said
