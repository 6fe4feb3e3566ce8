"""States of the sample alliance in which a form is there; what is new comes back by its word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.checks.actions import enter_contract, enter_donation
from binglian.domain.checks.facts import GoodFacts
from binglian.domain.checks.models import Checklist, Inspection, OpenDay
from binglian.domain.coupling.actions import accept_commitment, report_delivery
from binglian.domain.coupling.models import Commitment, CouplingRun
from binglian.domain.governance.actions import add_agenda_item, prepare_meeting, save_clause
from binglian.domain.governance.models import AgreementVersion, Comment, Meeting
from binglian.domain.matters.actions import (
    accept_assignment,
    arrive,
    ask_exclusion,
    close_matter,
    dispatch_matter,
    draft_whistle,
    object_to,
    park,
    pause,
    reply,
    report_result,
    sign_whistle,
)
from binglian.domain.matters.models import Matter, WhistleCall
from binglian.domain.newsroom.actions import start_announcement, submit_for_review
from binglian.domain.newsroom.facts import Draft
from binglian.domain.newsroom.models import Announcement
from binglian.domain.openness.actions import ask_project
from binglian.domain.projects.actions import create_project, save_task, set_capacity
from binglian.domain.projects.actions.tasks import ModeFacts
from binglian.domain.projects.models import PlanningRun, Project

from .matter_samples import reported

Samples = dict[str, Any]


def the_alliance() -> Alliance:
    return Alliance.objects.get()


def matter(samples: Samples) -> Matter:
    return Matter.objects.get(pk=samples["matter_pk"])


def two_members(_samples: Samples) -> list[int]:
    return [the_alliance().lead_a.pk, _giving().pk]


def the_giving(_samples: Samples) -> int:
    return _giving().pk


def seated(name: str, role: Role, lead: str = "") -> Callable[[Samples], None]:
    """Somebody has one more seat, for a lead body or for none."""

    def sit(_samples: Samples) -> None:
        alliance = the_alliance()
        alliance.appointments.create(
            user=_user(name),
            role=role.value,
            organisation=getattr(alliance, lead) if lead else None,
            from_on=today(),
        )

    return sit


def a_draft_with_clauses(samples: Samples) -> None:
    versions = AgreementVersion.objects.filter(agreement=samples["pk"]["agreement"])
    versions.update(state="draft")
    for heading in ("停车", "场地"):
        save_clause(version=versions.get(), heading=heading, text="共享。", by=_user("secretariat"))


def without_comments(_samples: Samples) -> None:
    Comment.objects.all().delete()


def before_the_meeting(_samples: Samples) -> None:
    Meeting.objects.update(starts_at=now() + timedelta(days=9))


def a_meeting_ahead(_samples: Samples) -> Samples:
    """Not convened yet, with one point."""
    by = _user("secretariat")
    meeting = prepare_meeting(
        alliance=the_alliance(), starts_at=now() + timedelta(days=12), place="会议室", by=by
    )
    item = add_agenda_item(meeting=meeting, title="停车", by=by)
    return {"meeting_pk": meeting.pk, "agenda_pk": item.pk}


def a_turn_of_a_lead(_samples: Samples) -> None:
    seated("receiver", Role.LIAISON, "lead_b")({})


def queued(_samples: Samples) -> None:
    CouplingRun.objects.filter(number=2).update(state="queued")


def planning(_samples: Samples) -> None:
    PlanningRun.objects.update(state="queued")


def accepted(samples: Samples) -> None:
    accept_commitment(commitment=_commitment(samples), by=_user("giver"))


def delivered(samples: Samples) -> None:
    accepted(samples)
    commitment = _commitment(samples)
    report_delivery(
        commitment=commitment, quantity=Decimal(1), delivered_on=today(), by=_user("giver")
    )


def a_limited_office(_samples: Samples) -> None:
    set_capacity(alliance=the_alliance(), organisation=_giving(), cases=2, by=_user("secretariat"))


def two_tasks(samples: Samples) -> None:
    project = Project.objects.get(pk=samples["pk"]["projects:"])
    save_task(project=project, by=_user("giver"), title_zh="验收", modes=[ModeFacts(2)])


def an_empty_project(samples: Samples) -> Samples:
    project = create_project(
        alliance=the_alliance(),
        owner=_giving(),
        by=_user("giver"),
        title_zh="里院修缮",
        kind="courtyard",
        features=[],
        starts_on=today(),
    )
    return _with(samples, "projects:", project.pk)


def received(_samples: Samples) -> Samples:
    """A matter that the secretariat has still to sort."""
    return {"matter_pk": reported(the_alliance()).pk}


def dispatched(samples: Samples) -> Samples:
    known = received(samples)
    _dispatch(matter(known), samples)
    return known


def objected(samples: Samples) -> Samples:
    known = dispatched(samples)
    assignment = matter(known).assignments.get()
    object_to(assignment=assignment, reason="不归我们", by=_user("giver"))
    return known


def paused(samples: Samples) -> None:
    pause(matter=matter(samples), reason="等料", by=_user("giver"))


def parked(samples: Samples) -> None:
    look_again_on = today() + timedelta(days=10)
    park(
        matter=matter(samples), reason="等料", look_again_on=look_again_on, by=_user("secretariat")
    )


def answered(samples: Samples) -> None:
    reply(matter=matter(samples), outcome="solved", public_text="已疏通。", by=_user("giver"))


def answered_unreasonable(samples: Samples) -> None:
    reply(matter=matter(samples), outcome="unreasonable", public_text="不合规。", by=_user("giver"))


def closed(samples: Samples) -> None:
    answered(samples)
    close_matter(matter=matter(samples), by=_user("secretariat"))


def left_out(samples: Samples) -> None:
    answered(samples)
    ask_exclusion(
        matter=matter(samples), rate="solved", reason="不在职责内", by=_user("secretariat")
    )
    seated("receiver", Role.REVIEWER)(samples)


def helped(samples: Samples) -> Samples:
    """A matter that another member leads, and the giver helps with."""
    known = received(samples)
    needing = Organisation.objects.get(name="海关后社区（示例）")
    dispatch_matter(
        matter=matter(known),
        category=matter(samples).category,
        lead=needing,
        co_handlers=[_giving()],
        by=_user("secretariat"),
    )
    for organisation, name in ((needing, "receiver"), (_giving(), "giver")):
        assignment = matter(known).assignments.get(organisation=organisation)
        accept_assignment(assignment=assignment, by=_user(name))
    return known


def whistle_drafted(samples: Samples) -> None:
    """By the giver, who sits for the sub-district too; the receiver may sign."""
    street = the_alliance().lead_b
    matter(samples).assignments.create(
        organisation=street, part="help", state="accepted", sent_at=now()
    )
    seated("giver", Role.LIAISON, "lead_b")(samples)
    seated("receiver", Role.STREET_LEADER, "lead_b")(samples)
    draft_whistle(
        matter=matter(samples),
        organisation=street,
        kind="residents",
        reason="多家管线",
        meet_at="北门",
        calls=[_giving()],
        by=_user("giver"),
    )


def whistle_blown(samples: Samples) -> None:
    whistle_drafted(samples)
    sign_whistle(whistle=matter(samples).whistles.get(), is_yes=True, by=_user("receiver"))


def whistle_followed(samples: Samples) -> None:
    whistle_blown(samples)
    arrive(call=_call(samples), by=_user("giver"))


def whistle_answered(samples: Samples) -> None:
    whistle_followed(samples)
    report_result(call=_call(samples), text="已处置。", by=_user("giver"))


def public_and_answered(samples: Samples) -> None:
    """The one whose secret link is known."""
    public = Matter.objects.get(pk=samples["pk"]["public_matters:"])
    _dispatch(public, samples)
    accept_assignment(assignment=public.assignments.get(), by=_user("giver"))
    answered({"matter_pk": public.pk})


def what_recurs(samples: Samples) -> None:
    for number in range(6):
        one = reported(the_alliance(), f"{number} 号院下水道堵塞，积水漫到门口。")
        Matter.objects.filter(pk=one.pk).update(category=matter(samples).category)


def public_needs(_samples: Samples) -> None:
    Alliance.objects.update(published=["needs"])


def a_new_question(samples: Samples) -> Samples:
    question, _secret = ask_project(project=_site(samples), text="停车多少钱？")
    return _with(samples, "openness:question", question.pk)


def a_new_contract(samples: Samples) -> Samples:
    contract = enter_contract(
        project=_site(samples),
        number="3",
        title="监理合同",
        subject="监理",
        signed_on=today(),
        digest="0" * 64,
        parties=[the_alliance().lead_a, _giving()],
        by=_user("secretariat"),
    )
    return {"contract_pk": contract.pk}


def a_new_donation(samples: Samples) -> Samples:
    donation = enter_donation(
        project=_site(samples),
        donor=the_alliance().lead_b,
        receipt_number="SJ-2",
        given_on=today(),
        goods=[GoodFacts("毛巾", 10, "条", Decimal(9))],
        are_no_wages=True,
        by=_user("secretariat"),
    )
    return {"donation_pk": donation.pk}


def after_the_open_day(_samples: Samples) -> None:
    OpenDay.objects.update(starts_at=now() - timedelta(hours=3), ends_at=now() - timedelta(hours=1))


def without_checklists(_samples: Samples) -> None:
    Checklist.objects.update(replaced_at=now())


def the_inspector(_samples: Samples) -> None:
    """The secretariat of the walk inspects, what was drawn for another too."""
    alliance = the_alliance()
    alliance.appointments.create(
        user=_user("secretariat"), role=Role.INSPECTOR.value, from_on=today()
    )
    Inspection.objects.update(inspector=_user("secretariat"))


def an_announcement_begun(samples: Samples) -> Samples:
    begun = start_announcement(
        alliance=the_alliance(),
        organisation=_giving(),
        draft=Draft("周末开放", "周六开放。", "三处开放。"),
        by=_user("giver"),
    )
    return _with(samples, "newsroom:", begun.pk)


def an_announcement_in_review(samples: Samples) -> Samples:
    known = an_announcement_begun(samples)
    begun = Announcement.objects.get(pk=known["pk"]["newsroom:"])
    submit_for_review(announcement=begun, by=_user("giver"))
    return known


def _with(samples: Samples, word: str, pk: int) -> Samples:
    """The samples with another object under a word of routes."""
    return {"pk": samples["pk"] | {word: pk}}


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _giving() -> Organisation:
    return Organisation.objects.get(name="建设集团（示例）")


def _site(samples: Samples) -> Project:
    return Project.objects.get(pk=samples["project_pk"])


def _call(samples: Samples) -> WhistleCall:
    return WhistleCall.objects.get(whistle__matter=matter(samples))


def _commitment(samples: Samples) -> Commitment:
    return Commitment.objects.get(pk=samples["pk"]["commitment"])


def _dispatch(one: Matter, samples: Samples) -> None:
    dispatch_matter(matter=one, category=matter(samples).category, by=_user("secretariat"))
