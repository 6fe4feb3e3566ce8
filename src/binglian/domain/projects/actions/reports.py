"""What happened to a task, reported by who is responsible, and what follows from it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import Organisation, today
from binglian.domain.ledger.actions import record
from binglian.domain.projects.holds import why_held
from binglian.domain.projects.models import Expiry, Link, Project, Report, Task, TaskMode
from binglian.domain.projects.states import PLAIN, STEPS, Teller, progress_of
from binglian.domain.refusals import found_or_refused, refuse_unless

from .projects import open_project, record_for_owner

Event, State = Report.Event, Task.State


@transaction.atomic
def report(
    *, task: Task, event: str, by: User, on: date | None = None, note: str = "", mode: str = ""
) -> Report:
    """Report what happened to a task on a day (today unless said otherwise).

    ``mode`` says in which way it is done, with its acceptance. The office's officer reports what
    the office does, the owner's what the applicant does, the secretariat either.

    Raises
    ------
    PermissionDenied
        ``by`` speaks for none of those whose report this is.
    ActionRefused
        It cannot happen in the task's present state, or not on that day, or needs a word why.
    """
    task = Task.objects.select_for_update().select_related("project__alliance").get(pk=task.pk)
    step = STEPS[Event(event)]
    organisation = _speaker(task, step.teller, by)
    project = open_project(task.project)
    on = on or today()
    what = {"event": Event(event).label, "state": task.get_state_display()}
    possible = task.state in step.of and (task.item_id or event in PLAIN)
    refuse_unless(possible, _("任务现为“%(state)s”，不能报告“%(event)s”。") % what)
    held = why_held(task) if event != Event.STOPPED else None
    refuse_unless(held is None, held)
    refuse_unless(on <= today(), _("日期不能晚于今天。"))
    last = task.reports.filter(taken_back_at=None).order_by("-pk").first()
    in_order = last is None or on >= last.on
    refuse_unless(
        in_order, _("日期不能早于上一次进展（%(day)s）。") % {"day": last.on if last else ""}
    )
    needs_word = event in _SAYS_WHY
    refuse_unless(note.strip() or not needs_word, _("请写明原因或缺什么。"))
    known = not mode or task.modes.filter(kind=mode).exists()
    refuse_unless(known, _("这项任务没有这一实施方式。"))
    made = Report.objects.create(
        task=task,
        event=event,
        on=on,
        note=note.strip()[:400],
        organisation=organisation,
        reported_by=by,
    )
    before = task.mode
    if mode or event == Event.ACCEPTED:
        task.mode = mode or _planned_mode(task)
    _replay(task)
    _follow(project, task, event, on)
    change = {"event": str(event), "on": on, "note": made.note}
    change |= {"mode": [before, task.mode]} if task.mode != before else {}
    record(
        by, "task.reported", task, within=project.alliance, organisation=organisation, change=change
    )
    return made


@transaction.atomic
def take_back_report(*, made: Report, by: User, why: str) -> Task:
    """The last report of a task was a slip: the task is again what it was before."""
    task = Task.objects.select_for_update().select_related("project__alliance").get(pk=made.task_id)
    seat = task.project.alliance.seat_of(made.organisation)
    require_permission(by, Permission.REPORT_PROGRESS, within=seat)
    open_project(task.project)
    last = task.reports.filter(taken_back_at=None).order_by("-pk").first()
    refuse_unless(last is not None and last.pk == made.pk, _("只能更正最近一次进展。"))
    refuse_unless(why.strip(), _("请写明理由。"))
    made.taken_back_at = now()
    made.save(update_fields=["taken_back_at"])
    if made.event in (Event.PASSED, Event.WITH_GAPS):
        task.expiries.filter(settled_on=None).delete()
    _replay(task)
    change = {"event": made.event, "why": why.strip()[:400]}
    record(
        by,
        "task.report_taken_back",
        task,
        within=task.project.alliance,
        organisation=made.organisation,
        change=change,
    )
    return task


_SAYS_WHY = {
    Event.NOT_ACCEPTED,
    Event.CORRECTION,
    Event.WITH_GAPS,
    Event.REFUSED,
    Event.RECALLED,
    Event.REVOKED,
}


def _speaker(task: Task, teller: Teller, by: User) -> Organisation:
    """The organisation for which ``by`` may report this; denied when there is none."""
    owner, office = task.project.owner, task.doer
    candidates = {
        Teller.OFFICE: [office],
        Teller.APPLICANT: [owner],
        Teller.EITHER: [office, owner],
    }[teller]
    alliance = task.project.alliance
    for organisation in candidates:
        seat = alliance.seat_of(organisation)
        if has_permission(by, Permission.REPORT_PROGRESS, within=seat):
            return organisation
    require_permission(by, Permission.REPORT_PROGRESS, within=alliance.seat_of(candidates[0]))
    return candidates[0]


def _replay(task: Task) -> None:
    """The task's state and days, from all its reports that still count."""
    found = progress_of(task.reports.filter(taken_back_at=None).order_by("pk"))
    for name, value in asdict(found).items():
        setattr(task, name, value)
    task.save()


def _follow(project: Project, task: Task, event: str, on: date) -> None:
    """The first beginning sets the project going; a permit given begins to run out."""
    has_begun = task.is_begun or task.is_done
    if has_begun and project.state in (Project.State.DRAFT, Project.State.BASELINED):
        project.state = Project.State.RUNNING
        project.save(update_fields=["state", "changed_at", "search_text"])
        record_for_owner(None, "project.running", project, {"task": task.number})
    if event in (Event.PASSED, Event.WITH_GAPS) and task.item and task.item.validity_days:
        Expiry.objects.get_or_create(
            task=task,
            settled_on=None,
            defaults={"from_on": on, "lapses_on": on + timedelta(days=task.item.validity_days)},
        )
    if task.state in Task.LOST:
        task.expiries.filter(settled_on=None).update(settled_on=on)
    if has_begun:  # what waited for a permit has begun: the permit is used
        used = task.precedences_before.filter(link=Link.FINISH_START).values("before")
        Expiry.objects.filter(task__in=used, settled_on=None).update(settled_on=on)


@transaction.atomic
def settle_expiry(*, expiry: Expiry, by: User, on: date | None = None) -> Expiry:
    """The permit was used or renewed: no more alarms about it."""
    task = expiry.task
    require_permission(by, Permission.EDIT_PROJECT, within=task.project.seat)
    found_or_refused(None if expiry.settled_on else expiry, _("这一失效提醒已了结。"))
    expiry.settled_on = on or today()
    expiry.save(update_fields=["settled_on"])
    record(
        by,
        "expiry.settled",
        expiry,
        within=task.project.alliance,
        organisation=task.project.owner,
        change={"on": expiry.settled_on},
    )
    return expiry


def _planned_mode(task: Task) -> str:
    """The way in which the current plan has the task done."""
    row = task.planned.filter(plan=task.project.current_id).first()
    return row.mode if row else TaskMode.Kind.ORDINARY.value
