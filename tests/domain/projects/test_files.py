"""Networks come from files and plans go into files, calendars included."""

from datetime import UTC, datetime

import pytest

from binglian.domain.projects.actions import carry_out_network
from binglian.domain.projects.exports import calendar_of, feed_token, mspdi_of, reader_of, sheets_of
from binglian.domain.projects.imports import read_network
from binglian.domain.projects.queries import rows_of
from binglian.domain.refusals import ActionRefused
from binglian.sheets.plans import plan_template
from binglian.sheets.writing import write_workbook


def test_the_example_of_the_template_is_a_network_of_27_tasks(make_project, giver, planned):
    draft = read_network(plan_template(), "plan.xlsx")
    project = make_project()

    carry_out_network(project=project, draft=draft, by=giver)

    plan = planned(project)
    assert (len(draft.tasks), draft.serial_days, draft.errors) == (27, 216, ())
    assert (plan.serial_days, plan.working_days) == (216, 71)


def test_a_plan_written_as_a_workbook_reads_back_the_same(underground, planned):
    plan = planned(underground)

    draft = read_network(write_workbook(sheets_of(plan, "zh-hans")), "plan.xlsx")

    assert draft.errors == ()
    assert {one.number for one in draft.tasks} == {t.number for t in underground.tasks.all()}
    assert (draft.serial_days, draft.starts_on) == (216, underground.starts_on)
    ties = {(one.before, one.after, one.most) for one in draft.links}
    assert ("20", "21", 90) in ties


def test_a_plan_written_for_ms_project_reads_back_the_same(underground, planned):
    plan = planned(underground)

    draft = read_network(mspdi_of(plan), "plan.xml")

    assert (len(draft.tasks), draft.serial_days) == (27, 216)
    assert {one.title for one in draft.tasks} == {t.title for t in underground.tasks.all()}


def test_a_broken_file_says_what_is_wrong_and_brings_nothing_in(make_project, giver):
    draft = read_network(b"not a plan at all", "plan.xml")

    assert len(draft.errors) == 1
    with pytest.raises(ActionRefused, match="文件还有错误"):
        carry_out_network(project=make_project(), draft=draft, by=giver)


def test_a_number_taken_brings_nothing_in(underground, giver):
    draft = read_network(plan_template(), "plan.xlsx")
    underground.tasks.filter(number="27").update(number="5")

    with pytest.raises(ActionRefused, match="编号“5”已被使用"):
        carry_out_network(project=underground, draft=draft, by=giver)
    assert underground.tasks.count() == 27


def test_a_calendar_holds_one_event_for_each_task_in_short_lines(underground, planned):
    rows = rows_of(planned(underground))

    text = calendar_of(
        "项目", rows, site="https://example.org", now=datetime(2027, 3, 1, tzinfo=UTC)
    )

    lines = text.split("\r\n")
    assert text.count("BEGIN:VEVENT") == 27
    assert max(len(line.encode()) for line in lines) == 75
    assert f"DTSTART;VALUE=DATE:{rows[0].starts_on:%Y%m%d}" in lines
    assert "DTSTAMP:20270301T000000Z" in lines


def test_a_feed_is_its_owners_until_the_password_changes(alliance, giver):
    token = feed_token(giver, alliance)
    assert reader_of(token) == (giver, alliance)

    giver.set_password("another long password")
    giver.save()

    assert (reader_of(token), reader_of("x" + token)) == (None, None)
