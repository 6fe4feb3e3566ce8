"""Claims on the sheets of a plan: the little language of predecessors, days, amounts, faults."""

import datetime as dt

import openpyxl
import pytest
from django.utils import translation

from binglian.sheets.cells import CellError
from binglian.sheets.plans import LinkTo, parse_plan, plan_template, read_links, write_links
from binglian.sheets.plans.cells import read_amounts, read_day
from binglian.sheets.reading import RawSheet, read_workbook

NUMBERS = {"3", "5", "7", "8", "20", "A-1", "B2"}
HEADINGS = ("编号", "任务", "责任单位", "工期", "前置任务", "硬期限", "实际开始", "实际完成")


def tasks(*rows, headings=HEADINGS, name="任务"):
    return RawSheet(name, (headings, *rows))


def row(number, title="事项", duration=5, predecessors=None, **more):
    cells = {"编号": number, "任务": title, "工期": duration, "前置任务": predecessors, **more}
    return tuple(cells.get(heading) for heading in HEADINGS)


def faults(*sheets):
    with translation.override("en"):
        return [str(problem) for problem in parse_plan(sheets).problems]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("3; 5FS+2; 7SS; 8FF+1; 20FS<=63", "3; 5FS+2; 7SS; 8FF+1; 20FS<=63"),
        ("3、5FS+2，7 SS；8FF + 1", "3; 5FS+2; 7SS; 8FF+1"),
        ("３；５ＦＳ－２", "3; 5FS-2"),
        ("5完成-开始+3天；7 开始-开始", "5FS+3; 7SS"),
        ("20FS≤63个工作日", "20FS<=63"),
        ("5FS+3自然日", "5FS+3cd"),
        ("5+2 工作日", "5FS+2"),
        ("A-1;B2FS-3", "A-1; B2FS-3"),
        ("3 5\n7", "3; 5; 7"),
        (5.0, "5"),
        ("", ""),
    ],
)
def test_predecessors_are_read_as_people_write_them(text, plain):
    assert write_links(read_links(text, NUMBERS)) == plain
    assert read_links(plain, NUMBERS) == read_links(text, NUMBERS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9", "There is no task no. “9”."),
        ("5FS+9<=3", "“5FS+9<=3” asks for at least 9 and at most 3 days, which cannot both hold."),
        ("5FS++2", "Cannot read the predecessor “5FS++2”."),
    ],
)
def test_what_is_no_predecessor_says_so(text, message):
    with translation.override("en"), pytest.raises(CellError) as caught:
        read_links(text, NUMBERS)

    assert caught.value.message == message


def test_a_link_may_have_a_greatest_lag():
    assert read_links("20FS+2<=63", NUMBERS) == (LinkTo("20", "FS", 2, 63),)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026.3.5", dt.date(2026, 3, 5)),
        (dt.datetime.fromisoformat("2026-03-05"), dt.date(2026, 3, 5)),
        (46086, dt.date(2026, 3, 5)),
        (30, 30),
        ("第 12 天".replace(" ", ""), 12),
    ],
)
def test_a_day_is_a_date_or_a_number(value, day):
    assert read_day(value, None) == day


def test_amounts_have_names():
    assert read_amounts("审批窗口 2；经费×30、专家") == (("审批窗口", 2), ("经费", 30), ("专家", 1))


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "任务"), ("en", "Tasks")])
def test_the_template_reads_back_without_a_doubt(language, title):
    sheets = read_workbook(plan_template(language), "plan.xlsx")
    rows = parse_plan(sheets)

    assert sheets[0].name == title
    assert (rows.problems, len(rows.tasks), rows.start) == ((), 27, dt.date(2026, 3, 2))
    assert sum(task.duration for task in rows.tasks) == 216
    assert sum(task.statutory for task in rows.tasks) == 470
    assert sum(task.duration for task in rows.tasks if task.counted) == 185


def test_headings_are_found_under_a_title_and_in_other_words():
    sheet = RawSheet(
        "审批事项",
        (
            ("某项目审批事项表", None, None, None),
            ("序号", "审批事项", "审批部门", "承诺时限"),
            (1, "立项", "示例局", "5个工作日"),
            (2, "规划", "示例局", "７"),
        ),
    )

    assert [(t.number, t.title, t.organisation, t.duration) for t in parse_plan([sheet]).tasks] == [
        ("1", "立项", "示例局", 5),
        ("2", "规划", "示例局", 7),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(1, duration="long")],
         "Sheet “任务”, row 2, column D (工期): “long” is not a number."
         " Enter just a number, for example 120.38."),
        ([row(1, duration=None)],
         "Sheet “任务”, row 2, column D (工期): “工期” is blank. Fill it in."),
        ([row(1, predecessors="1")],
         "Sheet “任务”, row 2, column E (前置任务): A task cannot wait for itself."
         " Delete its own number."),
        ([row(1, predecessors="2")],
         "Sheet “任务”, row 2, column E (前置任务): There is no task no. “2”. Correct the number."),
        ([row(1), row(1)],
         "Sheet “任务”, row 3, column A (编号): The number “1” is already used in row 2."
         " Use another number."),
        ([row(1, 硬期限="2026-13-01")],
         "Sheet “任务”, row 2, column F (硬期限): The month of “2026-13-01” is wrong."
         " Months go from 1 to 12."),
        ([row(1, 实际完成="2026-03-05")],
         "Sheet “任务”, row 2, column H (实际完成): There is an actual finish but no actual start."
         " Fill in the actual start."),
        ([row(1, 实际开始="2026-03-05", 实际完成="2026-03-04")],
         "Sheet “任务”, row 2, column H (实际完成): The actual finish lies before the actual start."
         " Correct the dates."),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_sheet_row_and_column_with_its_remedy(rows, said):
    assert faults(tasks(*rows)) == [said]


def test_a_sheet_without_tasks_says_so():
    assert faults(tasks()) == ["Sheet “任务”, row 1: There are no tasks. Write at least one row."]


def test_calendars_and_capacities_are_checked_too():
    calendar = RawSheet("日历", (("单位", "从", "到"), ("甲", "2026-03-05", "2026-03-04")))
    capacity = RawSheet("容量", (("单位或资源", "容量"), ("甲", "many")))

    assert faults(tasks(row(1)), calendar, capacity) == [
        "Sheet “容量”, row 2, column B (容量): “many” is not a number."
        " Enter just a number, for example 120.38.",
        "Sheet “日历”, row 2, column C (到): The end lies before the start. Correct the dates.",
    ]


def test_merged_cells_and_full_width_digits_are_read(tmp_path):
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "任务"
    for cells in (
        ("编号", "任务", "责任单位", "工期"),
        ("１", "甲", "示例局", "５"),
        (2, "乙", None, 3),
    ):
        page.append(cells)
    page.merge_cells("C2:C3")
    book.save(tmp_path / "plan.xlsx")

    rows = parse_plan(read_workbook(tmp_path / "plan.xlsx", "plan.xlsx"))
    assert [(t.number, t.organisation, t.duration) for t in rows.tasks] == [
        ("1", "示例局", 5),
        ("2", "示例局", 3),
    ]
