"""Claims on MSPDI as another reader understands it: MPXJ, which many programs read with."""

import os
from datetime import timedelta
from pathlib import Path

import jpype
import pytest

from binglian.engine.planning.formats import read_plan_file
from binglian.engine.planning.formats.mspdi import write_mspdi

from .network import approvals, planned

pytestmark = pytest.mark.once


@pytest.fixture
def as_read_by_mpxj(mpxj_reader, tmp_path):
    file = tmp_path / "plan.xml"
    file.write_bytes(write_mspdi(approvals(), planned(), ("1", "2")))
    return mpxj_reader.read(str(file))


def rows(project):
    return [task for task in project.getTasks() if task.getUniqueID() != 0]


def moment(value):
    return str(value) if len(str(value)) > 16 else f"{value}:00"


def test_names_and_durations_read_back_identically(as_read_by_mpxj):
    found = [
        (str(t.getUniqueID()), t.getName(), str(t.getDuration())) for t in rows(as_read_by_mpxj)
    ]

    file = approvals()
    assert found == [
        (task.ref, file.title_of(task.ref), f"{task.modes[0].duration:.1f}d")
        for task in file.problem.tasks
    ]


def test_links_and_lags_read_back_identically(as_read_by_mpxj):
    found = {
        (
            str(link.getPredecessorTask().getUniqueID()),
            str(task.getUniqueID()),
            str(link.getType()),
            str(link.getLag()),
        )
        for task in rows(as_read_by_mpxj)
        for link in task.getPredecessors()
    }

    assert found == {
        (one.before, one.after, one.link.value, f"{one.least:.1f}d")
        for one in approvals().problem.precedences
    }


def test_starts_and_finishes_read_back_identically(as_read_by_mpxj):
    found = {
        str(t.getUniqueID()): (moment(t.getStart()), moment(t.getFinish()))
        for t in rows(as_read_by_mpxj)
    }

    axis, plan = approvals().axis, planned()
    expected = {}
    for ref, start in plan.starts.items():
        ends = axis.ends(plan.finishes[ref]) - timedelta(hours=7)
        begins = axis.begins(start) + timedelta(hours=8) if start < plan.finishes[ref] else ends
        expected[ref] = begins.isoformat(), ends.isoformat()
    assert found == expected


def test_milestones_baseline_and_what_is_critical_read_back(as_read_by_mpxj):
    tasks = rows(as_read_by_mpxj)

    assert [t.getUniqueID() for t in tasks if t.getMilestone()] == [21]
    assert [t.getUniqueID() for t in tasks if t.getCritical()] == [1, 2]
    assert all(t.getBaselineStart() == t.getStart() for t in tasks)


def test_another_scheduler_comes_to_the_same_dates_and_critical_tasks(as_read_by_mpxj):
    """MPXJ's own critical path method, with Microsoft's rules, plans the file anew."""
    written = {t.getID(): (str(t.getStart()), str(t.getFinish())) for t in rows(as_read_by_mpxj)}
    start = jpype.JClass("java.time.LocalDateTime").parse("2026-03-02T08:00:00")
    jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")().schedule(as_read_by_mpxj, start)

    found = {t.getID(): (str(t.getStart()), str(t.getFinish())) for t in rows(as_read_by_mpxj)}
    assert found == written
    critical = [t.getID() for t in rows(as_read_by_mpxj) if t.getCritical()]
    assert critical == [1, 2, 4, 6, 9, 14, 18, 19, 20, 21, 23, 24, 25, 26, 27]


def test_make_up_weekends_are_worked_and_holidays_are_not(as_read_by_mpxj):
    calendar = as_read_by_mpxj.getDefaultCalendar()
    worked = {
        str(one.getFromDate()): bool(one.getWorking()) for one in calendar.getCalendarExceptions()
    }

    assert worked["2026-05-09"] is True  # a Saturday
    assert worked["2026-05-01"] is False


def test_capacities_are_resources(as_read_by_mpxj):
    units = {one.getName(): float(one.getMaxUnits()) for one in as_read_by_mpxj.getResources()}

    assert units["示例自然资源局"] == 300
    assert units["示例住房城乡建设局"] == 200


@pytest.mark.parametrize("stem", ["task-links", "task-dates"])
def test_files_of_ms_project_are_read_as_mpxj_reads_them(mpxj_reader, stem):
    folder = os.environ.get("BINGLIAN_PLANS")
    if not folder:
        pytest.skip("BINGLIAN_PLANS names no folder with files of MS Project")
    path = Path(folder) / f"{stem}-project2019-mspdi.xml"
    file = read_plan_file(path.read_bytes(), path.name)

    theirs = [t for t in mpxj_reader.read(str(path)).getTasks() if t.getUniqueID() != 0]
    assert [file.title_of(task.ref) for task in file.problem.tasks] == [
        str(t.getName()) for t in theirs
    ]
    links = {
        (str(link.getPredecessorTask().getUniqueID()), str(t.getUniqueID()), str(link.getType()))
        for t in theirs
        for link in t.getPredecessors()
    }
    assert {(p.before, p.after, p.link.value) for p in file.problem.precedences} == links
