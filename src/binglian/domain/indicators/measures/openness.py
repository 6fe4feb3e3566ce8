"""大开放: is it let out in time, and does it reach across?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.indicators.figures import Case, Indicator, Promise
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records
from binglian.domain.indicators.records.commitments import day_of

#: Working days in which what can be published is to be published.
TERM = 20


def _publishable(records: Records, period: Period) -> Iterator[Case]:
    for item in records.publications:
        ready_on = day_of(item.ready_at)
        until = add_working_days(ready_on, TERM)
        if ready_on not in period or (item.published_at is None and until >= records.on):
            continue  # its time is not over yet
        published_on = day_of(item.published_at) if item.published_at else None
        yield Case(
            title=item.title,
            part=published_on is not None and published_on <= until,
            note=_("%(day)s 公开") % {"day": published_on} if published_on else _("未公开"),
            path=item.path,
            is_public=published_on is not None,
        )


def _matches(records: Records, period: Period) -> Iterator[Case]:
    words = records.category_words()
    for one, day in records.fulfilled(period):
        giver, receiver = (records.category_of(pk, day) for pk in (one.giver_id, one.receiver_id))
        yield Case(
            title=one.title,
            part=giver != receiver,
            note=f"{words.get(giver, giver)} → {words.get(receiver, receiver)}",
            path=f"commitments/{one.pk}/",
            is_public=one.is_public,
        )


def _topics(records: Records, period: Period) -> Iterator[Case]:
    for topic in records.topics:
        if day_of(topic.reported_at) in period and not topic.is_turned_away:
            answered = topic.is_public and topic.answered_at is not None
            yield Case(
                title=topic.number,
                part=answered,
                note="" if answered else _("未答复") if topic.is_public else _("未公开"),
                path=f"matters/{topic.pk}/",
                public_path=f"matters/{topic.pk}/" if topic.is_public else "",
                is_public=topic.is_public,
            )


OPENNESS = (
    Indicator(
        code="O1",
        promise=Promise.OPENNESS,
        name=gettext_lazy("应公开的按期公开"),
        counts=gettext_lazy("形成后 20 个工作日内公开的"),
        of=gettext_lazy(
            "本期形成的耦合结果、已生效决定、会议纪要、年度评议、审核通过的公告（期限未到且未公开的不计）"
        ),
        cases=_publishable,
    ),
    Indicator(
        code="O2",
        promise=Promise.OPENNESS,
        name=gettext_lazy("跨类别合作占比"),
        counts=gettext_lazy("供需双方属于不同成员类别的兑现"),
        of=gettext_lazy("本期兑现且经对方确认的承诺"),
        cases=_matches,
    ),
    Indicator(
        code="O3",
        promise=Promise.OPENNESS,
        name=gettext_lazy("诉求公开答复率"),
        counts=gettext_lazy("已公开并已答复的诉求"),
        of=gettext_lazy("本期提出的诉求（引导、并入、不予受理的不计）"),
        cases=_topics,
    ),
)
