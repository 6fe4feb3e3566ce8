"""March 2026 in an alliance of seven: 22 working days, the 2nd a Monday."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils.timezone import get_current_timezone

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.coupling.models import Commitment, CouplingRun, Delivery, Need
from binglian.domain.governance.models import Decision, Meeting
from binglian.domain.indicators.periods import end_of
from binglian.domain.indicators.records import Records
from binglian.domain.matters.models import Matter
from binglian.domain.places.models import Area
from binglian.domain.projects.models import (
    ApprovalItem,
    Plan,
    Precedence,
    Project,
    Report,
    Task,
    TaskMode,
)
from binglian.domain.projects.states import progress_of

JUNE = end_of(date(2026, 6, 30))


def at(day: int, month: int = 3) -> datetime:
    """Noon of a day of 2026."""
    return datetime.combine(date(2026, month, day), time(12), get_current_timezone())


def on(day: int | None) -> date | None:
    return date(2026, 3, day) if day else None


@pytest.fixture
def bodies(alliance: Alliance, giving: Organisation, needing: Organisation) -> dict[str, Any]:
    """Seven members: two leads, two builders, a community, a shop and a society."""
    found = {"a": alliance.lead_a, "b": alliance.lead_b, "giving": giving, "needing": needing}
    for name, kind, category in (
        ("shop", "merchant", "two_new"),
        ("society", "social", "two_new"),
        ("firm", "private_firm", "builder"),
    ):
        found[name] = Organisation.objects.create(name=f"{name}（示例）", kind=kind)
        alliance.memberships.create(
            organisation=found[name], category=category, state="admitted", from_on="2022-06-17"
        )
    Membership.objects.update(from_on="2022-06-17", applied_at=at(1))
    return found


@pytest.fixture
def promised(
    alliance: Alliance, bodies: dict[str, Any], propose: Any, make_offer: Any, make_need: Any,
    secretariat: User,
) -> Callable[..., Commitment]:  # fmt: skip
    """Needed and proposed on the 2nd; the rest by day of March, ``None`` for not at all."""

    def make(
        giver: str,
        receiver: str,
        accepted: int | None = None,
        due: int | None = None,
        delivered: int | None = None,
        judged: bool = True,
    ) -> Commitment:
        need = make_need(organisation=bodies[receiver])
        commitment = propose(offer=make_offer(organisation=bodies[giver]), need=need)
        Need.objects.filter(pk=need.pk).update(entered_at=at(2))
        facts: dict[str, Any] = {"proposed_at": at(2), "due_on": on(due)}
        if accepted:
            facts |= {"answered_at": at(accepted), "answered_by": secretariat, "state": "accepted"}
        Commitment.objects.filter(pk=commitment.pk).update(**facts)
        if delivered:
            delivery = Delivery.objects.create(
                commitment=commitment,
                quantity=1,
                delivered_on=on(delivered),
                reported_by=secretariat,
                judge_due_on=on(31),
            )
            end = {"verdict": "met", "judged_by": secretariat, "judged_at": at(31)}
            told = end if judged else {}
            Delivery.objects.filter(pk=delivery.pk).update(reported_at=at(delivered), **told)
            state = "judged" if judged else "delivered"
            Commitment.objects.filter(pk=commitment.pk).update(state=state)
        commitment.refresh_from_db()
        return commitment

    return make


@pytest.fixture
def asked(alliance: Alliance, bodies: dict[str, Any], giver: User) -> Callable[..., Matter]:
    """A matter of the 3rd, led by the giving member."""

    def make(
        courtyard: str = "",
        due: int | None = None,
        answered: int | None = None,
        is_public: bool = True,
        state: str = "handling",
    ) -> Matter:
        n = Matter.objects.count()
        matter = Matter.objects.create(
            alliance=alliance,
            number=f"M-{n}",
            source="web",
            text="积水",
            public_text="积水",
            token_digest=f"{n:064d}",
            courtyard=courtyard,
            lead=bodies["giving"],
            state="replied" if answered else state,
            visibility="public" if is_public else "private",
            reported_at=at(3),
            dispatched_at=at(3) if due else None,
            counted_from=at(3) if due else None,
            period=5,
            clock="working_days",
            due_at=at(due) if due else None,
            replied_at=at(answered) if answered else None,
            closed_at=at(4) if state == "diverted" else None,
        )
        if answered:
            matter.replies.create(
                organisation=bodies["giving"],
                outcome="solved",
                public_text="已疏通",
                by=giver,
                at=at(answered),
            )
        return matter

    return make


@pytest.fixture
def project(alliance: Alliance, bodies: dict[str, Any], giver: User) -> Callable[..., Project]:
    """A project of the giving member from the 2nd on."""

    def make(*partners: str, **facts: Any) -> Project:
        made = Project.objects.create(
            alliance=alliance,
            number=f"P-{Project.objects.count()}",
            title_zh="地下空间",
            kind="underground",
            owner=bodies["giving"],
            entered_by=giver,
            starts_on=on(2),
            **facts,
        )
        made.partners.set(bodies[name] for name in partners)
        Project.objects.filter(pk=made.pk).update(entered_at=at(1))
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def task(bodies: dict[str, Any], giver: User) -> Callable[..., Task]:
    """A task of so many days, with its reports: event, day."""

    def make(
        project: Project,
        doer: str,
        days: int,
        *reports: tuple[str, int],
        after: Task | None = None,
        **facts: Any,
    ) -> Task:
        number = f"{project.tasks.count():02d}"
        made = Task.objects.create(
            project=project, number=number, title_zh="审批", organisation=bodies[doer], **facts
        )
        TaskMode.objects.create(task=made, days=days)
        if after:
            Precedence.objects.create(before=after, after=made)
        for event, day in reports:
            row = Report.objects.create(
                task=made, event=event, on=on(day), organisation=bodies[doer], reported_by=giver
            )
            Report.objects.filter(pk=row.pk).update(reported_at=at(day))
        for name, value in asdict(progress_of(made.reports.order_by("pk"))).items():
            setattr(made, name, value)
        made.save()
        return made

    return make


@pytest.fixture
def plan(giver: User) -> Callable[[Project, int], Plan]:
    """A plan of so many days in series becomes the current one."""

    def make(project: Project, serial_days: int) -> Plan:
        made = Plan.objects.create(
            project=project,
            number=1,
            origin="computed",
            made_by=giver,
            starts_on=on(2),
            finish_on=on(31),
            status="optimal",
            serial_days=serial_days,
            working_days=20,
            counted_serial_days=serial_days,
            counted_days=20,
            elapsed_days=30,
        )
        project.current = made
        project.save()
        return made

    return make


@pytest.fixture
def communities(alliance: Alliance, bodies: dict[str, Any]) -> list[Area]:
    """Five in the alliance's area; four have a member seated in them, the fifth a stranger."""
    quarter = Area.objects.create(name="历史城区", kind="renewal")
    found = [
        Area.objects.create(name=f"社区{n}", kind="community", parent=quarter) for n in range(5)
    ]
    alliance.area = quarter
    alliance.save()
    stranger = Organisation.objects.create(name="路边小店", kind="merchant")
    seated = (bodies["needing"], bodies["society"], bodies["shop"], bodies["b"], stranger)
    for body, area in zip(seated, found, strict=True):
        body.area = area
        body.save()
    return found


@pytest.fixture
def records(alliance: Alliance) -> Callable[..., Records]:
    """The records as they stood at an instant, the end of June unless said otherwise."""
    return lambda as_of=JUNE: Records(Alliance.objects.get(pk=alliance.pk), as_of)


@pytest.fixture
def march(
    alliance: Alliance, communities: Any, promised: Any, asked: Any, project: Any, task: Any,
    plan: Any, secretariat: User,
) -> None:  # fmt: skip
    """What the sixteen figures of March are worked out from by hand."""
    # Six fulfilled: two by builders, two by the shop and the society, one by each other.
    promised("giving", "needing", accepted=2, due=10, delivered=9)
    promised("giving", "needing", accepted=3, due=10, delivered=12)  # late
    promised("needing", "giving", accepted=4, due=20, delivered=20)
    promised("shop", "needing", accepted=6, due=31, delivered=15)
    promised("society", "shop", accepted=9, due=31, delivered=30)  # both of one category
    promised("a", "needing", accepted=3, delivered=5)  # no day to keep
    promised("giving", "b", accepted=13, due=25)  # not kept
    promised("shop", "a", accepted=16, due=27, delivered=26, judged=False)  # not counted yet
    promised("society", "needing")  # proposed only

    asked("甲院", due=12, answered=10)
    asked("甲院", due=12)  # overdue
    asked("乙院", is_public=False)  # not dispatched
    asked("丙院", due=20, answered=23)  # late
    asked("丁院", due=20, answered=19, is_public=False)
    asked("戊院", answered=24)
    asked("己院", state="diverted")
    asked(due=30, answered=25)

    item = ApprovalItem.objects.create(
        alliance=alliance, code="X1", title_zh="许可", statutory_days=10, pledged_days=5
    )
    whole = project("b", "needing", "firm")
    first = task(whole, "a", 5, ("accepted", 4), ("passed", 6), item=item)  # two days waited for
    task(whole, "giving", 20, ("accepted", 10), ("passed", 31), after=first)  # the owner's own day
    plan(whole, 100)
    whole.state, whole.finished_on = "finished", on(31)
    whole.save()
    for _ in range(4):
        project()

    for number, published in enumerate((at(5), at(20), at(31), None), 10):  # the term ends on 30
        CouplingRun.objects.create(
            alliance=alliance,
            number=number,
            title="轮",
            asked_by=secretariat,
            state="published" if published else "proposed",
            finished_at=at(2),
            published_at=published,
        )
    Decision.objects.create(
        alliance=alliance, act="coupling.publication", object_ids=[1], digest="", state="in_force",
        asked_by=secretariat, settled_at=at(10),
    )  # fmt: skip
    Meeting.objects.create(
        alliance=alliance, number=1, minutes_long=60, starts_at=at(10), topics_due_on=on(5),
        agenda_due_on=on(6), superiors_due_on=on(6), state="minuted", minuted_at=at(12),
        minuted_by=secretariat, chair=alliance.lead_a,
    )  # fmt: skip
    alliance.published = ["resolutions"]
    alliance.save()
