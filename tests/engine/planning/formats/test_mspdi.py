"""Claims on MS Project's XML: what its elements mean for the plan, and what is refused."""

from datetime import datetime

import pytest

from binglian.engine.planning.formats import Decided, FormatError, read_plan_file
from binglian.engine.planning.formats.mspdi import write_mspdi
from binglian.engine.planning.problem import Demand, Frozen, Link, Project
from binglian.engine.planning.result import Plan
from binglian.engine.planning.solve import solve_plan

from .network import approvals, planned
from .projects import assignment, calendar, exception, link, project, resource, task

pytestmark = pytest.mark.once


def read(*tasks, **parts):
    return read_plan_file(project(*tasks, **parts).encode(), "plan.xml")


def planned_dates(file):
    plan = solve_plan(file.problem, seconds=20).plan
    return {
        ref: (file.axis.begins(start).isoformat(), file.axis.ends(plan.finishes[ref]).isoformat())
        for ref, start in plan.starts.items()
    }


def remarks(file):
    return [remark.decided for remark in file.remarks]


def test_work_pauses_over_nights_and_weekends():
    file = read(task(1, 24), task(2, 20, more=link(1)))

    assert planned_dates(file) == {
        "1": ("2026-03-02T08:00:00", "2026-03-04T17:00:00"),
        "2": ("2026-03-05T08:00:00", "2026-03-09T12:00:00"),
    }


def test_a_unit_is_as_long_as_all_times_allow():
    assert read(task(1, 24)).axis.minutes == 60
    half_hours = task(1).replace("PT8H0M0S", "PT7H30M0S")
    assert read(half_hours).axis.minutes == 30


def test_time_is_counted_from_the_start_of_the_plan_and_not_from_midnight():
    elapsed = "<DurationFormat>8</DurationFormat>"  # elapsed days: concrete hardens at night
    file = read(task(1, 72, more=elapsed), task(2, 8, more=link(1)))

    result = solve_plan(file.problem, seconds=20)

    assert result.plan.starts["1"] == 0
    assert result.tiers.makespan == 81  # 72, then 8 with the lunch between them
    assert planned_dates(file)["1"] == ("2026-03-02T08:00:00", "2026-03-05T08:00:00")


def test_holidays_are_closed_and_make_up_days_open():
    closed = calendar(more=exception("2026-03-03", "2026-03-04"))
    made_up = calendar(more=exception("2026-03-07", "2026-03-07", working=True))

    assert planned_dates(read(task(1, 16), calendars=closed))["1"][1] == "2026-03-05T17:00:00"
    assert planned_dates(read(task(1, 48), calendars=made_up))["1"][1] == "2026-03-07T17:00:00"


@pytest.mark.parametrize(
    ("recurrence", "end"),
    [
        ("<Type>1</Type>", "2026-04-03T17:00:00"),
        ("<Type>6</Type><Period>1</Period><DaysOfWeek>2</DaysOfWeek>", "2026-03-05T17:00:00"),
        ("<Type>4</Type><Period>1</Period><MonthDay>3</MonthDay>", "2026-03-05T17:00:00"),
        (
            "<Type>5</Type><Period>1</Period><MonthItem>5</MonthItem>"
            "<MonthPosition>0</MonthPosition>",
            "2026-03-05T17:00:00",
        ),
    ],
)
def test_exceptions_recur(recurrence, end):
    """A week of closed days; every Monday; every 3rd of the month; every first Tuesday."""
    recurring = calendar(more=exception("2026-03-02", "2026-03-31", more=recurrence))

    assert planned_dates(read(task(1, 24), calendars=recurring))["1"][1] == end


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (0, Link.FINISH_FINISH),
        (1, Link.FINISH_START),
        (2, Link.START_FINISH),
        (3, Link.START_START),
    ],
)
def test_all_four_links_carry_their_lag(kind, expected):
    (one,) = read(task(1, 16), task(2, 16, more=link(1, kind, lag=4800))).problem.precedences

    assert (one.link, one.least) == (expected, 8)


def test_lags_may_be_a_share_of_the_predecessor_or_overlap_it():
    half = read(task(1, 16), task(2, more=link(1, lag=50, unit=19)))
    overlap = read(task(1, 16), task(2, more=link(1, lag=-2400)))

    assert half.problem.precedences[0].least == 8
    assert overlap.problem.precedences[0].least == -4


def test_elapsed_lags_run_over_the_night():
    file = read(task(1, 8), task(2, 8, more=link(1, lag=14400, unit=8)))

    assert planned_dates(file)["2"][0] == "2026-03-04T08:00:00"


def test_summaries_are_groups_and_not_work():
    file = read(task(1, 40), task(2, 8, level=2), task(3, 8, level=2), task(4, more=link(1)))

    assert [one.ref for one in file.problem.tasks] == ["2", "3", "4"]
    assert file.problem.projects == (Project("Task 1"),)
    ties = {(one.before, one.after) for one in file.problem.precedences}
    assert ties == {("2", "4"), ("3", "4")}
    assert remarks(file) == [Decided.SUMMARY_LINK]


@pytest.mark.parametrize(
    ("kind", "date", "release", "deadline"),
    [
        (4, "2026-03-03T08:00:00", 8, None),
        (7, "2026-03-03T17:00:00", 0, 16),
        (2, "2026-03-03T08:00:00", 8, 16),
        (3, "2026-03-04T12:00:00", 12, 20),
        (5, "2026-03-03T08:00:00", 0, 16),
        (6, "2026-03-04T12:00:00", 12, None),
    ],
)
def test_constraints_become_releases_and_deadlines(kind, date, release, deadline):
    dated = f"<ConstraintType>{kind}</ConstraintType><ConstraintDate>{date}</ConstraintDate>"
    (found,) = read(task(1, 8, more=dated)).problem.tasks

    assert (found.release, found.deadline) == (release, deadline)


def test_a_deadline_is_hard():
    (found,) = read(task(1, 8, more="<Deadline>2026-03-03T17:00:00</Deadline>")).problem.tasks

    assert found.deadline == 16


def test_what_has_happened_is_frozen():
    done = (
        "<PercentComplete>100</PercentComplete><ActualStart>2026-03-02T08:00:00</ActualStart>"
        "<ActualFinish>2026-03-03T12:00:00</ActualFinish>"
    )
    under_way = (
        "<PercentComplete>30</PercentComplete><ActualStart>2026-03-03T13:00:00</ActualStart>"
    )
    found = read(task(1, 8, more=done), task(2, 8, more=under_way)).problem.tasks

    assert found[0].frozen == Frozen(0, finish=12)
    assert found[1].frozen == Frozen(12)


def test_units_of_resources_are_hundredths_of_capacity():
    file = read(
        task(1),
        resources=resource(1, "Surveyors", "2.00"),
        assignments=assignment(1, 1, "0.50"),
    )

    assert file.problem.resources[0].capacity == 200
    assert file.problem.tasks[0].modes[0].demands == (Demand("Surveyors", 50),)
    assert file.owners == {"1": "Surveyors"}


def test_a_task_works_when_its_resources_do():
    weekends = calendar(2, "Weekends", week_of(1, 7))
    file = read(
        task(1, 16),
        calendars=calendar() + weekends,
        resources=resource(1, "Volunteers", calendar_uid=2),
        assignments=assignment(1, 1),
    )

    assert planned_dates(file)["1"] == ("2026-03-07T08:00:00", "2026-03-08T17:00:00")


def week_of(*days):
    from_one_to_seven = "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking></WeekDay>" for day in days
    )
    return f"<WeekDays>{from_one_to_seven}</WeekDays>"


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "GBK", "gb2312"])
def test_names_are_read_in_the_encoding_that_the_file_declares(encoding):
    text = project(task(1)).replace("UTF-8", encoding).replace("Task 1", "里院修缮")

    file = read_plan_file(text.encode(encoding), "plan.xml")

    assert file.titles == {"1": "里院修缮"}


def test_who_is_asked_for_more_than_there_is_is_taken_to_be_as_much_and_this_is_said():
    file = read(task(1), resources=resource(1, "Crew", "0.50"), assignments=assignment(1, 1))

    assert file.problem.resources[0].capacity == 100
    assert remarks(file) == [Decided.RAISED]


def test_materials_limit_nothing_and_this_is_said():
    file = read(task(1), resources=resource(1, "Sand", kind=0), assignments=assignment(1, 1, "30"))

    assert file.problem.resources == ()
    assert remarks(file) == [Decided.MATERIAL]


def test_a_plan_written_reads_back_as_the_same_network():
    file = read_plan_file(write_mspdi(approvals(), planned()), "plan.xml")

    hours = [(one.ref, one.modes[0].duration) for one in file.problem.tasks]
    assert hours == [(one.ref, 8 * one.modes[0].duration) for one in approvals().problem.tasks]
    ties = [(one.before, one.after, one.link) for one in file.problem.precedences]
    assert ties == [(p.before, p.after, p.link) for p in approvals().problem.precedences]
    assert file.titles == approvals().titles
    solved = solve_plan(file.problem, seconds=20)
    assert solved.tiers.makespan == 8 * 71


def test_what_happened_and_what_waits_survives_the_round_trip():
    done = (
        "<PercentComplete>100</PercentComplete><ActualStart>2026-03-02T08:00:00</ActualStart>"
        "<ActualFinish>2026-03-02T17:00:00</ActualFinish>"
    )
    file = read(task(1, 8, more=done), task(2, 8, more=link(1, lag=4800)))
    plan = Plan({"1": 0, "2": 24}, {"1": 8, "2": 32}, {"1": "1", "2": "1"})

    again = read_plan_file(write_mspdi(file, plan), "plan.xml")
    assert again.problem.tasks[0].frozen == Frozen(0, finish=8)
    assert again.problem.tasks[1].release == 24  # later than its link asks: kept there
    assert again.problem.precedences == file.problem.precedences
    assert again.axis.begins(0) == datetime.fromisoformat("2026-03-02T08:00:00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<Project><Task>", "line 1: not XML from here on (no element found)."
         " Export it again from its program."),
        ("<Plan/>", "line 1: the outermost element is “Plan”, expected “Project”."
         " Check that it is the right file."),
        ('<!DOCTYPE x [<!ENTITY a "b">]><Project/>',
         "line 1: the file has a DOCTYPE, which may be unsafe. Delete it."),
        (project(), "line 2: There is no task to plan. Check that it is the right file."),
        (project(task(1, "x")), "line 9, Duration: is “PTxH0M0S”, expected a duration such as"
         " PT40H0M0S. Correct it."),
        (project(task(1, more="<Deadline>soon</Deadline>")),
         "line 10, Deadline: is “soon”, expected a date or moment such as 2026-03-02T08:00:00."
         " Correct it."),
        (project(task(1, more=link(9))),
         "line 10, Task 1, PredecessorUID: there is no task 9. Correct the number."),
        (project(task(1, more=link(1))), "line 10: These tasks wait for one another in a circle:"
         " Task 1 → Task 1. Take out one of the links."),
        (project(task(1, more=link(2)), task(2, more=link(1))),
         "These tasks wait for one another in a circle: 1 Task 1 → 2 Task 2 → 1 Task 1."
         " Take out one of the links."),
        (project(task(1), task(1)), "line 11, UID: task 1 was there already. Keep one."),
        (project(task(1), task(2, more=link(1, kind=7))),
         "line 14, Type: is “7”, not one of 0 (FF), 1 (FS), 2 (SF), 3 (SS). Correct it."),
        (project(task(1)).replace("17:00:00", "12:30:00"),
         "line 6, WorkingTimes: the working times of a day overlap, or end before they begin."
         " Correct the calendar."),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_line_and_element_with_its_remedy(text, said):
    with pytest.raises(FormatError) as caught:
        read_plan_file(text.encode(), "plan.xml")

    assert str(caught.value) == said
