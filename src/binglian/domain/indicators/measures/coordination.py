"""深协同: do they work in parallel, keep their word, and give both ways?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.indicators.figures import Case, Indicator, Promise
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Promised, Records
from binglian.domain.indicators.records.commitments import day_of


def _finished(records: Records, period: Period) -> Iterator[Case]:
    for project in records.projects:
        if project.finished_on in period and project.serial_days:
            days = {"elapsed": project.elapsed_days, "serial": project.serial_days}
            yield Case(
                title=project.title,
                part=project.serial_days - project.elapsed_days,
                whole=project.serial_days,
                note=_("实际 %(elapsed)s，串联 %(serial)s 个工作日") % days,
                path=f"projects/{project.pk}/",
                public_path=f"{project.pk}/" if project.is_public else "",
                is_public=project.is_public,
            )


def _due(records: Records, period: Period) -> Iterator[Case]:
    for one in records.commitments:
        if one.accepted_at is None or one.due_on is None or one.due_on not in period:
            continue
        # Today is not over; and what was delivered counts once the other side has said.
        if one.due_on >= records.on and one.fulfilled_on is None:
            continue
        if one.is_unjudged and one.fulfilled_on is None:
            continue
        kept = one.fulfilled_on is not None and one.fulfilled_on <= one.due_on
        facts = {"due": one.due_on, "day": one.fulfilled_on}
        late = _("应于 %(due)s，%(day)s 兑现") if one.fulfilled_on else _("应于 %(due)s，未兑现")
        yield Case(
            title=one.title,
            part=kept,
            note=(_("%(day)s 兑现") if kept else late) % facts,
            path=f"commitments/{one.pk}/",
            is_public=one.is_public,
        )


def _pairs(records: Records, period: Period) -> Iterator[Case]:
    met: dict[frozenset[int], list[Promised]] = defaultdict(list)
    fulfilled: dict[frozenset[int], list[Promised]] = defaultdict(list)
    for one, _day in records.fulfilled(period):
        fulfilled[one.ends].append(one)
    for one in records.commitments:
        if one.fulfilled_on in period or day_of(one.proposed_at) in period:
            met[one.ends].append(one)
    names = {body.pk: body for done in met.values() for body in (done[0].giver, done[0].receiver)}
    for pair in sorted(met, key=sorted):
        done = fulfilled[pair]
        ends = [str(names[end]) for end in sorted(pair)]
        yield Case(
            title=" — ".join(ends),
            part=len(done) >= 2 and len({one.giver_id for one in done}) == 2,
            note=_("兑现 %(done)s 项") % {"done": len(done)},
            path=f"commitments/{met[pair][0].pk}/",
            is_public=all(one.is_public for one in met[pair]),
        )


COORDINATION = (
    Indicator(
        code="D1",
        promise=Promise.COORDINATION,
        name=gettext_lazy("并联节省的时间"),
        counts=gettext_lazy("串联工作日减去实际工作日"),
        of=gettext_lazy("本期完成的项目按一项接一项办理的工作日之和"),
        cases=_finished,
    ),
    Indicator(
        code="D2",
        promise=Promise.COORDINATION,
        name=gettext_lazy("承诺按期兑现率"),
        counts=gettext_lazy("在期限内兑现并经对方确认的承诺"),
        of=gettext_lazy("本期到期的已认领承诺（已兑现、对方尚未评价的暂不计）"),
        cases=_due,
    ),
    Indicator(
        code="D3",
        promise=Promise.COORDINATION,
        name=gettext_lazy("双向合作的单位对"),
        counts=gettext_lazy("至少兑现两项、且互有给予的单位对"),
        of=gettext_lazy("本期有过匹配的单位对"),
        cases=_pairs,
    ),
)
