"""A finding is issued, received, put right, reported, re-checked by another, closed or returned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import today
from binglian.domain.alliance.queries import people_with
from binglian.domain.checks.facts import FindingFacts
from binglian.domain.checks.models import Family, Finding, FindingStep
from binglian.domain.checks.recusal import require_impartial
from binglian.domain.matters.facts import PhotoFacts
from binglian.domain.projects.models import Project
from binglian.domain.refusals import refuse_unless

from .finding_steps import (
    locked,
    people_upward,
    require_inspecting,
    require_rectifying,
    require_state,
    require_words,
    responsible_organisations,
    take_step,
    tell,
    tell_observer,
    tell_responsible,
)
from .steps import note

State, Grade, What = Finding.State, Finding.Grade, FindingStep.What
_ISSUED = gettext_noop("整改通知 %(number)s 已签发，请签收，%(until)s 前整改到位。")
_FOUND = gettext_noop("您看到的已签发整改通知 %(number)s，销号时再告诉您。")
_MAJOR = gettext_noop("重大隐患上报：%(project)s，整改通知 %(number)s。")
_REPORTED = gettext_noop("%(number)s 已报告整改完成，请换一名检查员复查。")
_RETURNED = gettext_noop("%(number)s 复查未通过，请在 %(until)s 前整改到位：%(why)s")
_CLOSED = gettext_noop("%(number)s 已复查合格，销号。")
_REOPENED = gettext_noop("%(number)s 的问题又出现了，请重新签收，%(until)s 前整改到位。")


@transaction.atomic
def issue_finding(*, project: Project, facts: FindingFacts, key: UUID, by: User) -> Finding:
    """Issue a notice (签发整改通知); sent again with the same ``key`` it is the same notice.

    Raises
    ------
    PermissionDenied
        ``by`` inspects nothing in this alliance.
    ActionRefused
        Something missing, an organisation that is not on this site, a deadline before the day
        it was found, half a point, too many photos, a key another inspector used, or works of
        the inspector's own organisation.
    """
    require_permission(by, Permission.INSPECT, within=project.alliance)
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    sent_before = Finding.objects.filter(key=key).select_related("project").first()
    if sent_before:
        is_same = sent_before.issued_by_id == by.pk and sent_before.project_id == project.pk
        refuse_unless(is_same, _("这条问题的编号已被别处使用，请重新填写。"))
        return sent_before
    refuse_unless(project.is_open, _("这个项目已结束，不能再签发整改。"))
    require_impartial(by, project, facts.organisation)
    _check(project, facts)
    year = localdate(facts.found_at).year
    last = project.findings.filter(year=year).order_by("-ordinal").first()
    finding = Finding.objects.create(
        project=project,
        year=year,
        ordinal=last.ordinal + 1 if last else 1,
        key=key,
        inspection=facts.inspection,
        item=facts.item,
        observation=facts.observation,
        family=facts.family,
        grade=facts.grade,
        what=facts.what.strip(),
        place=facts.place.strip(),
        latitude=facts.latitude,
        longitude=facts.longitude,
        plan=facts.plan,
        plan_x=facts.plan_x,
        plan_y=facts.plan_y,
        organisation=facts.organisation,
        due_on=facts.due_on,
        standard=_standard(facts),
        issued_by=by,
        found_at=facts.found_at,
    )
    until = f"{finding.due_on:%Y-%m-%d}"
    take_step(finding, What.ISSUED, by, finding.what, facts.photos, grade=finding.grade)
    tell_responsible(finding, _ISSUED, until=until)
    tell_observer(finding, _FOUND)
    if finding.grade == Grade.MAJOR:
        _report_upward(finding)
    return finding


@transaction.atomic
def receive_finding(*, finding: Finding, by: User) -> Finding:
    """The responsible organisation has the notice in its hands (签收)."""
    finding = locked(finding)
    require_rectifying(by, finding)
    require_state(finding, State.ISSUED)
    return _moved(finding, State.RECEIVED, What.RECEIVED, by)


@transaction.atomic
def fix_responsibility(
    *, finding: Finding, post: str, duty: str, measure: str, by: User
) -> Finding:
    """Say which post answers for it and what will be done (五定); deadline and standard stand."""
    finding = locked(finding)
    require_rectifying(by, finding)
    require_state(finding, State.RECEIVED, State.RETURNED)
    finding.post = require_words(post, _("请写责任岗位，如“项目安全负责人”，不写姓名。"))[:60]
    finding.duty = require_words(duty, _("请写明责任。"))[:200]
    finding.measure = require_words(measure, _("请写明整改措施。"))[:500]
    finding.save(update_fields=["post", "duty", "measure"])
    return _moved(finding, State.FIXING, What.FIXING, by, finding.measure, post=finding.post)


@transaction.atomic
def report_fixed(
    *, finding: Finding, words: str, photos: Sequence[PhotoFacts] = (), by: User
) -> Finding:
    """Report that it is put right, with pictures (报告整改); an inspector looks again."""
    finding = locked(finding)
    require_rectifying(by, finding)
    require_state(finding, State.FIXING)
    words = require_words(words, _("请写明怎样整改的。"))
    finding.reported_by = by
    finding.save(update_fields=["reported_by"])
    _moved(finding, State.REPORTED, What.REPORTED, by, words, photos)
    inspectors = people_with(finding.project.alliance, Role.INSPECTOR)
    tell(finding, inspectors.exclude(pk__in=[finding.issued_by_id, by.pk]), _REPORTED)
    return finding


@transaction.atomic
def return_finding(
    *,
    finding: Finding,
    why: str,
    due_on: date,
    photos: Sequence[PhotoFacts] = (),
    by: User,
) -> Finding:
    """Looked at again and not right yet (复查退回); a new deadline stands."""
    finding = _to_recheck(finding, by)
    why = require_words(why, _("请写明哪里还不到位。"))
    refuse_unless(due_on >= today(), _("整改期限不能早于今天。"))
    moved = [finding.due_on, due_on]
    finding.due_on, finding.late_at = due_on, None
    finding.save(update_fields=["due_on", "late_at"])
    until = f"{due_on:%Y-%m-%d}"
    _moved(finding, State.RETURNED, What.RETURNED, by, why, photos, due_on=moved)
    tell_responsible(finding, _RETURNED, until=until, why=why)
    return finding


@transaction.atomic
def close_finding(
    *, finding: Finding, words: str, photos: Sequence[PhotoFacts] = (), by: User
) -> Finding:
    """Looked at again by another person, and right (销号)."""
    finding = _to_recheck(finding, by)
    words = require_words(words, _("请写明复查看到了什么。"))
    finding.closed_by, finding.closed_at, finding.state = by, now(), State.CLOSED
    finding.save(update_fields=["closed_by", "closed_at", "state"])
    take_step(finding, What.CLOSED, by, words, photos)
    tell_responsible(finding, _CLOSED)
    tell_observer(finding, _CLOSED)
    return finding


@transaction.atomic
def reopen_finding(
    *,
    finding: Finding,
    what: str,
    due_on: date,
    photos: Sequence[PhotoFacts] = (),
    by: User,
) -> Finding:
    """It has come again (复发重开): the same number, from the start, counted."""
    finding = locked(finding)
    require_inspecting(by, finding)
    require_state(finding, State.CLOSED)
    refuse_unless(finding.project.is_open, _("这个项目已结束，不能再签发整改。"))
    what = require_words(what, _("请写明又发现了什么。"))
    refuse_unless(due_on >= today(), _("整改期限不能早于今天。"))
    finding.closed_by = finding.closed_at = finding.reported_by = finding.late_at = None
    moved = [finding.due_on, due_on]
    finding.issued_by, finding.due_on = by, due_on
    finding.times_reopened += 1
    finding.state = State.ISSUED
    finding.save()
    take_step(finding, What.REOPENED, by, what, photos, times=finding.times_reopened, due_on=moved)
    tell_responsible(finding, _REOPENED, until=f"{due_on:%Y-%m-%d}")
    if finding.grade == Grade.MAJOR:
        _report_upward(finding)
    return finding


@transaction.atomic
def show_finding(*, finding: Finding, is_public: bool, by: User) -> Finding:
    """Let everybody read it on the project's page, or no longer; photos and posts never show."""
    finding = locked(finding)
    require_inspecting(by, finding)
    if finding.is_public == is_public:
        return finding
    finding.is_public = is_public
    finding.save(update_fields=["is_public"])
    act = "finding.published" if is_public else "finding.hidden"
    note(by, act, finding, finding.project, {"number": finding.number}, finding.organisation)
    return finding


def _check(project: Project, facts: FindingFacts) -> None:
    refuse_unless(facts.what.strip(), _("请写明问题。"))
    refuse_unless(facts.place.strip(), _("请写明部位。"))
    refuse_unless(facts.family in Family.values, _("请选问题类别。"))
    refuse_unless(facts.grade in Grade.values, _("请选问题等级。"))
    refuse_unless(_standard(facts), _("请写明要达到的标准。"))
    refuse_unless(
        facts.organisation in responsible_organisations(project),
        _("“%(name)s”不在这个工地的参建单位里。") % {"name": facts.organisation},
    )
    refuse_unless(facts.found_at <= now(), _("发现时间不能晚于现在。"))
    refuse_unless(facts.due_on >= localdate(facts.found_at), _("整改期限不能早于发现问题的日期。"))
    inspection, item = facts.inspection, facts.item
    is_here = inspection is None or inspection.project_id == project.pk
    refuse_unless(is_here, _("这次检查是别的工地的。"))
    is_own = item is None or item.checklist.alliance_id == project.alliance_id
    refuse_unless(is_own, _("请选本联盟检查表里的要求。"))
    seen = facts.observation
    is_of_site = seen is None or seen.project_id == project.pk
    refuse_unless(is_of_site, _("这条监督意见是别的工地的。"))
    on_plan = (facts.plan, facts.plan_x, facts.plan_y)
    is_whole = all(one is not None for one in on_plan) or on_plan == (None, None, None)
    refuse_unless(is_whole, _("平面图上的位置不完整，请在图上重新点一下。"))
    is_of_site = facts.plan is None or facts.plan.project_id == project.pk
    refuse_unless(is_of_site, _("这张平面图是别的工地的。"))
    is_inside = all(at is None or 0 <= at <= 1 for at in (facts.plan_x, facts.plan_y))
    refuse_unless(is_inside, _("点在平面图外面，请重新点一下。"))
    has_point = facts.latitude is not None and facts.longitude is not None
    has_none = facts.latitude is None and facts.longitude is None
    refuse_unless(has_point or has_none, _("位置不完整，请重新定位或不标位置。"))


def _standard(facts: FindingFacts) -> str:
    return (facts.standard.strip() or (facts.item.text_zh if facts.item else ""))[:300]


def _to_recheck(finding: Finding, by: User) -> Finding:
    finding = locked(finding)
    require_inspecting(by, finding)
    require_state(finding, State.REPORTED)
    refuse_unless(
        by.pk not in (finding.issued_by_id, finding.reported_by_id),
        _("复查须换人：签发问题的人和报告整改的人都不能复查。"),
    )
    return finding


def _moved(
    finding: Finding,
    state: Finding.State,
    what: FindingStep.What,
    by: User,
    words: str = "",
    photos: Sequence[PhotoFacts] = (),
    **change: object,
) -> Finding:
    finding.state = state
    finding.save(update_fields=["state"])
    take_step(finding, what, by, words, photos, **change)
    return finding


def _report_upward(finding: Finding) -> None:
    """A major hazard is told at once to the regulator, the leads and the secretariat."""
    upward = people_upward(finding.project)
    tell(finding, upward, _MAJOR, key=f"major:{finding.times_reopened}")
