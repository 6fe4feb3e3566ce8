"""Projects of the demonstration: planned when they began, and reported on since."""

import json
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.alliance.actions import enter_organisation
from binglian.domain.alliance.calendar import is_working_day
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.places.models import Area
from binglian.domain.projects import engine_adapter as engine
from binglian.domain.projects.actions import (
    ModeFacts,
    add_capacity_period,
    adopt_catalogue,
    ask_baseline,
    ask_for_capability,
    ask_plan,
    begin_planning,
    create_project,
    finish_planning,
    generate_network,
    note_plan_findings,
    report,
    save_precedence,
    save_task,
    set_capacity,
    touch_place,
)
from binglian.domain.projects.models import Capacity, Plan, PlannedTask, Project, Report

from . import rounds
from .diary import Diary

_FILE = Path(__file__).resolve().parent / "projects.json"
_SECONDS = 1
Event = Report.Event
#: What befell a task that did not go as planned: see ``_befalls``.
_STORIES: dict[str, dict[str, str]] = {
    "complex": {"12": "stopped", "16": "late", "05": "correcting"},
    "courtyard": {"C04": "stopped"},
    "road": {"21": "not yet", "H1": "not yet"},
    "terminal": {},
    "avenue": {},
}
_EXPERTS = "专家评审期间停时。"
_PAPERS = "缺弃土场协议，请补正。"


def enter(alliance: Alliance, cast: rounds.Cast, diary: Diary) -> None:
    """The catalogue with its offices, and projects that share them with those of all alliances.

    Entered and planned now; what is reported of them is noted for its day.
    """
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    projects = [one for one in facts["projects"] if one["alliance"] == alliance.slug]
    own = {office: name for one in projects for office, name in one.get("offices", {}).items()}
    offices = {
        one["office"]: _office(
            alliance, one | {"name": own.get(one["office"], one["name"])}, cast.secretariat
        )
        for one in facts["offices"]
    }
    adopt_catalogue(alliance=alliance, by=cast.secretariat, offices=offices)
    if not Capacity.objects.exists():  # an office says once for all alliances what it can do
        for one in facts["offices"]:
            _say_capacity(alliance, offices[one["office"]], one, cast.secretariat, diary)
    plans = {}
    # The one that began first has first call on the offices.
    for one in sorted(projects, key=lambda one: -one["began"]):
        project = _enter(alliance, one, cast, diary)
        plans[one["key"]] = plan = _plan(project, cast)
        rounds.agree(ask_baseline(plan=plan, by=cast.of(project.owner)), cast)
    for key, plan in plans.items():
        _report(plan, _STORIES[key], cast.secretariat, diary)


def _office(alliance: Alliance, facts: dict[str, Any], by: User) -> Organisation:
    known = Organisation.objects.filter(name=facts["name"]).first()
    return known or enter_organisation(
        by=by,
        alliance=alliance,
        name=facts["name"],
        name_en=facts["name_en"],
        kind=Organisation.Kind.DEPARTMENT,
    )


def _say_capacity(
    alliance: Alliance, office: Organisation, facts: dict[str, Any], by: User, diary: Diary
) -> None:
    set_capacity(alliance=alliance, organisation=office, cases=facts["cases"], by=by)
    if later := facts.get("later"):
        add_capacity_period(
            alliance=alliance,
            organisation=office,
            from_on=diary.ago(-later["days"]),
            cases=later["cases"],
            reason=later["reason"],
            by=by,
        )


def _enter(alliance: Alliance, facts: dict[str, Any], cast: rounds.Cast, diary: Diary) -> Project:
    owner = Organisation.objects.get(name=facts["owner"])
    by = cast.of(owner)
    starts_on = _working_days_from(diary.today, -facts["began"])
    same = ("title_zh", "title_en", "kind", "features", "place", "description", "description_en")
    project = create_project(
        alliance=alliance,
        owner=owner,
        by=by,
        partners=Organisation.objects.filter(name__in=facts["partners"]),
        area=_area(alliance, facts.get("part", "")),
        starts_on=starts_on,
        due_on=_working_days_from(starts_on, facts["due"]),
        is_public=facts["is_public"],
        **{name: facts[name] for name in same},
    )
    for one in facts.get("touches", ()):
        place = alliance.heritage.get(number=one["place"])
        touch_place(project=project, place=place, changes=one["changes"], by=by)
    generate_network(project=project, by=by)
    for one in facts["tasks"]:
        _task(project, one, by)
    if lacks := facts.get("lacks"):
        diary.on(diary.today, partial(_lack, project, lacks, by))
    return project


def _lack(project: Project, facts: dict[str, Any], by: User) -> None:
    ask_for_capability(
        task=project.tasks.get(number=facts["task"]),
        by=by,
        kind=facts["kind"],
        title=facts["title"],
        quantity=Decimal(facts["quantity"]),
        unit=facts["unit"],
        deadline=today() + timedelta(days=60),
    )


def _area(alliance: Alliance, part: str) -> Area | None:
    whole = alliance.area
    return whole.parts.get(name=part) if whole and part else whole


def _task(project: Project, facts: dict[str, Any], by: User) -> None:
    task = save_task(
        project=project,
        by=by,
        number=facts["number"],
        title_zh=facts["title_zh"],
        title_en=facts["title_en"],
        organisation=Organisation.objects.get(name=facts["owner"]),
        is_counted=False,
        modes=[ModeFacts(days=facts["days"])],
    )
    tasks = {one.number: one for one in project.tasks.all()}
    for number in facts["after"]:
        save_precedence(before=tasks[number], after=task, by=by)
    for number in facts["before"]:
        save_precedence(before=task, after=tasks[number], by=by)


def _plan(project: Project, cast: rounds.Cast) -> Plan:
    """The plan as it was made on the day the project began."""
    run = ask_plan(
        alliance=project.alliance, project=project, by=cast.of(project.owner), seconds=_SECONDS
    )
    begin_planning(run_id=run.pk)
    snapshot = engine.snapshot_of([project], project.starts_on)
    outcome = engine.run_engine(snapshot, seconds=_SECONDS, seed=run.seed)
    finish_planning(run_id=run.pk, outcome=outcome)
    plan = run.plans.get()
    note_plan_findings(plan=plan, findings=engine.what_would_help(snapshot, project))
    return plan


def _report(plan: Plan, stories: dict[str, str], by: User, diary: Diary) -> None:
    """What happened by yesterday: as planned, but for a few."""
    held: set[int] = set()
    rows = plan.rows.select_related("task__project__alliance").order_by("starts_on", "finishes_on")
    for row in rows:
        waits = row.task.precedences_before.filter(before__in=held).exists()
        is_ahead = row.starts_on >= diary.today
        if waits or is_ahead or stories.get(row.task.number) == "not yet":
            held.add(row.task_id)
            continue
        if _befalls(row, stories.get(row.task.number, ""), by, diary):
            held.add(row.task_id)


def _befalls(row: PlannedTask, story: str, by: User, diary: Diary) -> bool:
    """Note what is reported of one task up to now; whether it is still not done."""
    first, last = row.starts_on, row.finishes_on

    def tell(event: Event, on: date, note: str = "") -> None:
        on = min(on, diary.today)
        diary.on(on, partial(report, task=row.task, event=event, on=on, by=by, note=note))

    if row.task.item:
        tell(Event.RECEIVED, first)
    if story == "correcting":
        tell(Event.CORRECTION, _working_days_from(first, 1), _PAPERS)
        return True
    if row.days:
        tell(Event.ACCEPTED, first)
    if story == "stopped":
        tell(Event.STOPPED, _working_days_from(first, 2), _EXPERTS)
        return True
    if story == "late" or last >= diary.today:
        return True
    tell(Event.PASSED, max(first, last))
    return False


def _working_days_from(day: date, count: int) -> date:
    """The working day so many after ``day``, or before it if ``count`` is below 0."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left or not is_working_day(day):
        day += step
        left -= left > 0 and is_working_day(day)
    return day
