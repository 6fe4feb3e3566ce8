"""Claims on what the sheets of a plan mean: days, calendars, capacities, what has happened."""

import datetime as dt
import random

import pytest

from binglian.command.planning.sheets import plan_of
from binglian.command.refusals import CommandRefused
from binglian.engine.planning.problem import Demand, Frozen, Link, Mode, Resource
from binglian.engine.planning.solve import solve_plan
from binglian.sheets.plans import parse_plan
from binglian.sheets.reading import RawSheet

pytestmark = pytest.mark.once

HEADINGS = ("编号", "任务", "责任单位", "工期", "时间单位", "前置任务", "占用", "其他方式",
            "最早开始", "硬期限", "实际开始", "实际完成")  # fmt: skip


def row(number, duration=5, **more):
    cells = {"编号": number, "任务": f"事项{number}", "工期": duration, **more}
    return tuple(cells.get(heading) for heading in HEADINGS)


def capacity_rows(rows):
    headings = ("单位或资源", "容量", "种类", "自", "至")
    return (headings, *(cells + (None,) * (len(headings) - len(cells)) for cells in rows))


def plan(*rows, capacities=(), calendar=(), start="2026-04-27", today=None):
    """A plan from Monday 27 April 2026; 1 to 5 May are holidays, Saturday 9 May is worked."""
    settings = [("项", "值")]
    settings += [("计划开始日期", start)] if start else []
    settings += [("今天", today)] if today else []
    sheets = [
        RawSheet("任务", (HEADINGS, *rows)),
        RawSheet("容量", capacity_rows(capacities)),
        RawSheet("日历", (("单位", "从", "到", "休或班"), *calendar)),
        RawSheet("设置", tuple(settings)),
    ]
    parsed = parse_plan(sheets)
    assert parsed.errors == ()
    return plan_of(parsed)


def dates(file):
    """First and last day of each task in the best plan."""
    found = solve_plan(file.problem, seconds=20).plan
    return {
        ref: (
            file.axis.begins(start).date().isoformat(),
            (file.axis.ends(found.finishes[ref]) - dt.timedelta(minutes=1)).date().isoformat(),
        )
        for ref, start in found.starts.items()
    }


def test_working_days_pass_over_holidays_and_count_make_up_weekends():
    assert dates(plan(row(1, 8)))["1"] == ("2026-04-27", "2026-05-09")


def test_calendar_days_do_not():
    file = plan(row(1, 8, 时间单位="自然日"), row(2, 1, 前置任务="1"))

    assert dates(file) == {"1": ("2026-04-27", "2026-05-04"), "2": ("2026-05-06", "2026-05-06")}


def test_lags_count_the_days_of_their_kind():
    working = plan(row(1, 4), row(2, 1, 前置任务="1FS+1"))
    calendar = plan(row(1, 4), row(2, 1, 前置任务="1FS+3自然日"))

    assert dates(working)["2"][0] == "2026-05-07"
    assert dates(calendar)["2"][0] == "2026-05-06"  # not before 4 May, which is a holiday


def test_an_organisation_may_be_closed_or_open_on_days_of_its_own():
    closed = [("示例局", "2026-04-28", None, "休息")]
    opened = [("示例局", "2026-05-01", "2026-05-02", "上班")]
    both = row(1, 5, 责任单位="示例局"), row(2, 5)

    assert dates(plan(*both, calendar=closed)) == {
        "1": ("2026-04-27", "2026-05-07"),
        "2": ("2026-04-27", "2026-05-06"),
    }
    assert dates(plan(*both, calendar=opened)) == {
        "1": ("2026-04-27", "2026-05-01"),
        "2": ("2026-04-27", "2026-05-06"),
    }


def test_an_organisation_in_the_capacities_is_used_once_unless_said_otherwise():
    file = plan(
        row(1, 责任单位="示例局"),
        row(2, 责任单位="示例局", 占用="示例局 2；经费 30"),
        capacities=[("示例局", 2, None), ("经费", 100, "总额")],
    )

    assert file.problem.resources == (Resource("示例局", 2), Resource("经费", 100, False))
    first, second = (task.modes[0].demands for task in file.problem.tasks)
    assert first == (Demand("示例局", 1),)
    assert second == (Demand("示例局", 2), Demand("经费", 30))


def test_other_modes_are_further_ways_of_doing_a_task():
    file = plan(row(1, 7, 其他方式="告知承诺 2；容缺受理 4"))

    assert file.problem.tasks[0].modes == (
        Mode("ordinary", 7),
        Mode("告知承诺", 2),
        Mode("容缺受理", 4),
    )


def test_dates_become_units_and_what_has_happened_is_frozen():
    file = plan(
        row(1, 2, 实际开始="2026-04-27", 实际完成="2026-04-28"),
        row(2, 3, 实际开始="2026-04-29"),
        row(3, 1, 最早开始="2026-05-01", 硬期限="2026-05-07"),
        row(4, 1, 最早开始=2, 硬期限=9),
        today="2026-04-30",
    )

    done, under_way, dated, numbered = file.problem.tasks
    assert (done.frozen, under_way.frozen) == (Frozen(0, finish=2), Frozen(2))
    assert (dated.release, dated.deadline) == (4, 6)
    assert (numbered.release, numbered.deadline) == (2, 9)
    assert file.problem.earliest == 3


def test_a_begun_task_with_several_ways_is_done_in_the_ordinary_one():
    (task,) = plan(row(1, 5, 其他方式="告知承诺 2", 实际开始="2026-04-27")).problem.tasks

    assert task.frozen == Frozen(0, "ordinary")


def test_two_people_until_august_and_three_from_then_on():
    file = plan(
        *(row(n, 5, 责任单位="审图机构") for n in range(1, 4)),
        capacities=[("审图机构", 2), ("审图机构", 3, "", "2026-05-06")],
    )

    (office,) = file.problem.resources
    back = 4  # 27 to 30 April are worked, 1 to 5 May are not
    assert (office.capacity, office.shortages) == (3, ((0, back, 1),))
    assert max(first for first, _ in dates(file).values()) == "2026-05-06"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("甲", 2, "", "2026-05-06", "2026-05-09")], "没有平常的每日容量"),
        ([("甲", 2), ("甲", 1, "", "", "2026-05-09")], "没有填“自”"),
        ([("甲", 2), ("甲", 1, "", "2026-05-09", "2026-05-06")], "结束早于开始"),
        ([("甲", 2), ("甲", 1, "", "2026-05-06"), ("甲", 3, "", "2026-06-01")], "第 3 行已写过"),
    ],
)
def test_a_period_of_capacity_that_cannot_be_is_refused_with_its_row(rows, said):
    sheets = [
        RawSheet("任务", (HEADINGS, row(1))),
        RawSheet("容量", capacity_rows(rows)),
    ]

    (error,) = parse_plan(sheets).errors

    assert (error.row, said in error.message) == (len(rows) + 1, True)


def test_a_permit_lapses_unless_work_starts_in_time():
    (link,) = plan(row(1), row(2, 前置任务="1FS+2<=63")).problem.precedences

    assert (link.link, link.least, link.most) == (Link.FINISH_START, 2, 63)


def test_without_a_start_date_days_are_numbered():
    file = plan(row(1), row(2, 前置任务="1FF+1"), start=None)

    assert (file.axis.origin, file.problem.calendars) == (None, ())


@pytest.mark.parametrize("more", [{"硬期限": "2026-05-07"}, {"时间单位": "自然日"}])
def test_dates_and_calendar_days_ask_for_a_start_date(more):
    with pytest.raises(CommandRefused, match="--start"):
        plan(row(1), row(2, **more), start=None)


def test_what_is_used_must_be_among_the_capacities():
    with pytest.raises(CommandRefused, match="审批窗口"):
        plan(row(1, 占用="审批窗口 2"))


#: What people, formulas and other programs leave in a cell.
ODD = (
    None, "", 0, 1, -1, 3.5, 1e300, float("nan"), True, "x", "1;1", "2FS+3<=9", "6FF-2",
    "2026-03-05", dt.date(9999, 12, 31), dt.date(1, 1, 1), dt.time(3, 4), dt.timedelta(3),
    "ordinary", "总额", "自然日", "示例局", "示例局 2;示例局 3", "经费 30",
    "告知承诺 2；告知承诺 3", "第3天", "#REF!", "\ud83d", "a" * 500, "2199-12-31",
)  # fmt: skip


def sheets_with_something_odd(seed):
    chance = random.Random(seed)
    sheets = {
        "任务": [HEADINGS, row(1, 3, 责任单位="示例局"), row(2, 前置任务="1FS+1"), row(3, 0)],
        "容量": [("单位或资源", "容量", "种类"), ("示例局", 2, None), ("经费", 100, "总额")],
        "日历": [("单位", "从", "到", "休或班"), ("示例局", "2026-04-28", None, "休息")],
        "方式": [("编号", "方式", "工期"), (2, "容缺受理", 1)],
        "设置": [("项", "值"), ("计划开始日期", "2026-04-27")],
    }
    for _ in range(chance.randint(1, 3)):
        rows = sheets[chance.choice([*sheets])]
        number = chance.randrange(len(rows))
        cells = [*rows[number]]
        cells[chance.randrange(len(cells))] = chance.choice(ODD)
        rows[number if chance.random() < 0.7 else len(rows) :] = [tuple(cells)]
    return [RawSheet(name, tuple(rows)) for name, rows in sheets.items()]


def test_whatever_stands_in_a_cell_is_planned_or_refused_in_words():
    outcomes = set()
    for seed in range(120):
        rows = parse_plan(sheets_with_something_odd(seed))
        outcomes.add(bool(rows.errors))
        if rows.tasks and not rows.errors:
            try:
                plan_of(rows)
            except CommandRefused as refusal:
                outcomes.add(bool(str(refusal)))
        assert all(str(problem) for problem in rows.problems)

    assert outcomes == {True, False}
