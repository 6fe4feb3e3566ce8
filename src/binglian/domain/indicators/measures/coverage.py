"""全覆盖: is every place somebody's?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.alliance.models import Organisation
from binglian.domain.indicators.figures import Case, Indicator, Promise
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records, Topic, Undertaking
from binglian.domain.indicators.records.commitments import day_of

Kind = Organisation.Kind
_FIRMS = (Kind.STATE_FIRM, Kind.PRIVATE_FIRM)
#: Who has to be bound to a project, beside its owner. The community stands for the residents.
_BOUND = (
    (gettext_lazy("街道"), (Kind.SUBDISTRICT,)),
    (gettext_lazy("施工或运营企业"), _FIRMS),
    (gettext_lazy("社区（代居民监督）"), (Kind.COMMUNITY,)),
)


def _communities(records: Records, period: Period) -> Iterator[Case]:
    active = {end for one, _day in records.fulfilled(period) for end in one.ends}
    members = [one.organisation for one in records.members if one.belongs_on(period.last)]
    for community in records.register.communities:
        there = [one for one in members if records.register.lies_in(one, community)]
        busy = [one for one in there if one.pk in active]
        yield Case(
            title=str(community),
            part=bool(busy),
            note=_("、").join(map(str, busy or there)) or _("没有成员单位"),
            path="members/",
            is_public=True,
        )


def _projects(records: Records, period: Period) -> Iterator[Case]:
    for project in records.projects:
        if _stands_in(project, period):
            missing = _missing(project)
            yield Case(
                title=project.title,
                part=not missing,
                note=_("缺：%(who)s") % {"who": _("、").join(missing)} if missing else "",
                path=f"projects/{project.pk}/",
                public_path=f"{project.pk}/" if project.is_public else "",
                is_public=project.is_public,
            )


def _stands_in(project: Undertaking, period: Period) -> bool:
    """Whether it was entered by the period's end and not finished before its beginning."""
    is_over = project.finished_on is not None and project.finished_on < period.first
    return day_of(project.entered_at) <= period.last and not is_over


def _missing(project: Undertaking) -> list[str]:
    """Whom it lacks; an owner that is a firm is not its own contractor."""
    others = {one.kind for one in project.participants if one != project.owner}
    missing = []
    for who, wanted in _BOUND:
        bound = others if wanted == _FIRMS else others | {project.owner.kind}
        if not bound & set(wanted):
            missing.append(str(who))
    return missing


def _courtyards(records: Records, period: Period) -> Iterator[Case]:
    raised: dict[str, list[Topic]] = defaultdict(list)
    for topic in records.topics:
        asks = topic.courtyard and not topic.is_turned_away
        if asks and day_of(topic.reported_at) in period:
            raised[topic.courtyard].append(topic)
    for courtyard, topics in sorted(raised.items()):
        answered = [topic for topic in topics if topic.answered_at]
        counts = {"answered": len(answered), "raised": len(topics)}
        yield Case(
            title=courtyard,
            part=bool(answered),
            note=_("提出 %(raised)s 件，答复 %(answered)s 件") % counts,
            path=f"matters/{topics[0].pk}/",
        )


COVERAGE = (
    Indicator(
        code="C1",
        promise=Promise.COVERAGE,
        name=gettext_lazy("社区有活跃成员单位"),
        counts=gettext_lazy("有成员单位、且该单位本期至少有一项兑现经对方确认的社区"),
        of=gettext_lazy("片区内登记的社区"),
        cases=_communities,
    ),
    Indicator(
        code="C2",
        promise=Promise.COVERAGE,
        name=gettext_lazy("项目责任落实"),
        counts=gettext_lazy("建设单位、街道、施工或运营企业、社区（代居民监督）四方齐全的项目"),
        of=gettext_lazy("本期内在册且未中止的项目"),
        cases=_projects,
    ),
    Indicator(
        code="C3",
        promise=Promise.COVERAGE,
        name=gettext_lazy("院落诉求有回应"),
        counts=gettext_lazy("至少一件诉求已答复的院落"),
        of=gettext_lazy("本期提出过诉求的院落"),
        cases=_courtyards,
    ),
)
