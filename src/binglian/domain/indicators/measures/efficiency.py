"""高效率: how long does one wait?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.alliance.calendar import working_days_between
from binglian.domain.indicators.figures import Case, Indicator, Promise, middle, nine_in_ten
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records, claimed_first
from binglian.domain.indicators.records.commitments import day_of


def _claims(records: Records, period: Period) -> Iterator[Case]:
    for one in claimed_first(records.commitments):
        if one.accepted_at is None or one.need_entered_at is None:
            continue
        entered_on, claimed_on = day_of(one.need_entered_at), day_of(one.accepted_at)
        if claimed_on in period:
            days = working_days_between(entered_on + timedelta(days=1), claimed_on)
            yield Case(
                title=one.title,
                part=days if claimed_on > entered_on else 0,
                note=_("%(entered)s 登记，%(claimed)s 认领")
                % {"entered": entered_on, "claimed": claimed_on},
                path=f"commitments/{one.pk}/",
                is_public=one.is_public,
            )


def _clocks(records: Records, period: Period) -> Iterator[Case]:
    """Answers to residents and approvals whose counted period ran out in the period."""
    for topic in records.topics:
        if topic.due_at is None or topic.is_turned_away or day_of(topic.due_at) not in period:
            continue
        if topic.due_at < records.as_of or topic.answered_at:
            yield Case(
                title=topic.number,
                part=topic.answered_at is not None and topic.answered_at <= topic.due_at,
                note=_("诉求答复"),
                path=f"matters/{topic.pk}/",
                public_path=f"matters/{topic.pk}/" if topic.is_public else "",
                is_public=topic.is_public,
            )
    for project in records.projects:
        for step in project.steps:
            if not step.is_counted or step.due_on is None or step.due_on not in period:
                continue
            if step.due_on < records.on or step.finished_on:
                yield Case(
                    title=step.title,
                    part=step.finished_on is not None and step.finished_on <= step.due_on,
                    note=project.title,
                    path=f"projects/{project.pk}/tasks/{step.pk}/",
                    public_path=f"{project.pk}/" if step.is_public else "",
                    is_public=step.is_public,
                )


def _waiting(records: Records, period: Period) -> Iterator[Case]:
    for project in records.projects:
        for step in project.steps if project.has_begun else ():
            waiting = step.waiting_days(period.first, period.last)
            working = step.working_days(period.first, period.last)
            if waiting + working:
                yield Case(
                    title=step.title,
                    part=waiting if step.waits_for_another else 0,
                    whole=waiting + working,
                    note=project.title,
                    path=f"projects/{project.pk}/tasks/{step.pk}/",
                    public_path=f"{project.pk}/" if step.is_public else "",
                    is_public=step.is_public,
                )


EFFICIENCY = (
    Indicator(
        code="E1",
        promise=Promise.EFFICIENCY,
        name=gettext_lazy("需求到认领的时间（中位数）"),
        counts=gettext_lazy("从登记需求到首次被认领的工作日，居中的一项"),
        of=gettext_lazy("本期首次被认领的需求"),
        cases=_claims,
        figure=middle,
        unit=gettext_lazy("工作日"),
    ),
    Indicator(
        code="E1-90",
        promise=Promise.EFFICIENCY,
        name=gettext_lazy("需求到认领的时间（九成以内）"),
        counts=gettext_lazy("九成需求不超过的工作日"),
        of=gettext_lazy("本期首次被认领的需求"),
        cases=_claims,
        figure=nine_in_ten,
        unit=gettext_lazy("工作日"),
    ),
    Indicator(
        code="E2",
        promise=Promise.EFFICIENCY,
        name=gettext_lazy("计时环节按期率"),
        counts=gettext_lazy("在计时期限内完成的"),
        of=gettext_lazy("计时期限在本期届满的诉求答复和审批事项（停时不计）"),
        cases=_clocks,
    ),
    Indicator(
        code="E3",
        promise=Promise.EFFICIENCY,
        name=gettext_lazy("等待其他单位的时间占比"),
        counts=gettext_lazy("前一环节已完成、等待其他单位开始的工作日"),
        of=gettext_lazy("在推进项目各任务等待和办理的工作日之和"),
        cases=_waiting,
    ),
)
