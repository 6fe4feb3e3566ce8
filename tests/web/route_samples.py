"""A session of each persona, and one object of each kind for the routes to be asked about."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from binglian.announcements.reading import read_announcement
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.accounts.sealing import seal
from binglian.domain.alliance.actions import invite, receive_application
from binglian.domain.alliance.models import (
    Alliance,
    Appointment,
    ImportDraft,
    Membership,
    Organisation,
    today,
)
from binglian.domain.clients.actions import register_client
from binglian.domain.clients.models import Webhook
from binglian.domain.coupling.actions import keep_filter, keep_scenario
from binglian.domain.coupling.engine_adapter import Changes
from binglian.domain.coupling.models import Commitment, CouplingRun, Match, Scenario
from binglian.domain.governance.actions import (
    add_superior,
    ask_decision,
    comment_on,
    delegate_decisions,
    open_comments,
    start_agreement,
)
from binglian.domain.governance.models import Lead
from binglian.domain.ledger.models import LedgerEntry
from binglian.domain.matters.actions import check_publication, report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts, PhotoFacts, Reported
from binglian.domain.newsroom.models import NewsImport
from binglian.domain.projects.actions import adopt_catalogue, create_project, save_task
from binglian.domain.projects.actions.tasks import ModeFacts
from binglian.domain.projects.models import (
    CapacityPeriod,
    Closure,
    Plan,
    PlanningRun,
    Project,
    WhatIf,
)

from .books_samples import VISIT_PHONE, books_samples
from .briefing_samples import briefing_samples
from .checkup_samples import checkup_samples
from .help_samples import PHONE as HELP_PHONE
from .help_samples import help_samples
from .matter_samples import matter_samples
from .meeting_samples import meeting_samples
from .news_samples import news_samples
from .openness_samples import EMAIL as FOLLOWER
from .openness_samples import PHONE as ASK_PHONE
from .openness_samples import openness_samples
from .place_samples import PHONE as WISH_PHONE
from .place_samples import place_samples
from .site_samples import site_samples
from .walk import ROLES

CONTACT_WORDS = ("标记称呼", "13987654321", "marker@example.org")
COMMITMENT_ACTS = ("accept", "decline", "deliver", "judge", "move", "explain")
AGREEMENT_WORDS = (
    *("agreement", "version", "clause_", "pledge_", "comment", "freeze", "expel"),
    *("governance:leave", "governance:sign", "governance:paper", "governance:scan"),
)
#: What no answer may tell: how those are reached who reported, asked, wished, visited, helped.
SECRETS = (*CONTACT_WORDS, WISH_PHONE, ASK_PHONE, VISIT_PHONE, HELP_PHONE, FOLLOWER)
MONDAY = date(2027, 3, 1)
DOUBLED = {"kind": {"venue": 2.0}}


@pytest.fixture
def sessions(request: pytest.FixtureRequest) -> dict[str, str | None]:
    """A session of each persona; ``None`` for nobody."""
    keys: dict[str, str | None] = {"anonymous": None}
    for role in ROLES[1:]:
        client = Client()
        client.force_login(request.getfixturevalue(role))
        keys[role] = client.session.session_key
    return keys


@pytest.fixture
def samples(
    alliance: Alliance,
    giving: Organisation,
    secretariat: User,
    giver: User,
    viewer: User,
    lead_a: User,
    lead_b: User,
    propose: Callable[..., Commitment],
) -> dict[str, Any]:
    """One object of each kind in the alliance, by the word that routes use for it."""
    commitment = propose()
    run = CouplingRun.objects.create(
        alliance=alliance, number=2, title="第二轮", state="proposed", asked_by=secretariat
    )
    Match.objects.create(
        run=run, offer=commitment.offer, component=commitment.component, quantity=1
    )
    saved = keep_filter(
        alliance=alliance, list="offers", name="场地", query="kind=venue", by=secretariat
    )
    scenario = keep_scenario(run=run, changes=Changes(weights=DOUBLED), by=secretariat)
    scenario.state = Scenario.State.READY
    scenario.save()
    newcomers = [
        Membership.objects.create(
            alliance=alliance,
            organisation=Organisation.objects.create(name=f"新单位{n}"),
            category="other",
        )
        for n in (1, 2)
    ]
    decision = ask_decision(
        alliance=alliance,
        act="alliance.admission",
        object_ids=[newcomers[0].pk],
        by=secretariat,
        permission=Permission.MANAGE_MEMBERS,
    )
    delegation = delegate_decisions(
        alliance=alliance,
        lead=Lead.A,
        delegate=_colleague(alliance),
        from_on=today(),
        until_on=today(),
        by=lead_a,
    )
    superior = add_superior(
        alliance=alliance, lead=Lead.A, office="办公室", email="office@example.org", by=lead_a
    )
    application = receive_application(
        alliance=alliance, name="咖啡馆", kind="merchant", category="other", email="a@example.org"
    )
    draft = ImportDraft.objects.create(
        alliance=alliance,
        user=secretariat,
        kind="offers",
        filename="offers.csv",
        content="单位,资源名称,类别,数量\n即墨路街道,会议室,场地,3\n".encode(),
    )
    imported = NewsImport.objects.create(
        alliance=alliance,
        user=secretariat,
        filename="公告.txt",
        told=read_announcement("联盟成立\n片区联盟今天成立。").as_record(),
    )
    seat = Appointment.objects.get(user=viewer, role=Role.VIEWER.value)
    _invitation, link = invite(alliance=alliance, by=secretariat)
    agreement, remark = _agreement(alliance, giving, secretariat, giver)
    project = planned_project(alliance, giving, secretariat)
    plan, task = project.current, project.tasks.first()
    reported = _public_matter(alliance, secretariat)
    asked = PlanningRun.objects.create(
        alliance=alliance, project=project, state="cancelled", asked_by=secretariat
    )
    kept = WhatIf.objects.create(
        project=project, title="少一天", changes={}, answer=SAME, kept_by=secretariat
    )
    program, everywhere = (
        register_client(
            alliance=where, name="随手拍", contact="desk@example.org", scopes=["read"], by=None
        ).client
        for where in (alliance, None)
    )
    webhook = Webhook.objects.create(
        alliance=alliance, name="对接程序", host="example.org", made_by=secretariat, made_at=now()
    )
    webhook.sealed = seal({"url": "https://127.0.0.1/", "secret": ""}, f"webhook:{webhook.pk}")
    webhook.save()
    period = CapacityPeriod.objects.create(organisation=giving, from_on=MONDAY, cases=2)
    closure = Closure.objects.create(
        organisation=giving, from_on=MONDAY, until_on=MONDAY, reason="搬迁"
    )
    samples = meeting_samples(alliance, giving, secretariat, giver)
    samples |= matter_samples(alliance, giving, secretariat)
    samples |= news_samples(alliance, giving, secretariat, giver)
    samples |= help_samples(commitment.component.need)
    samples |= place_samples(alliance, giving, project, secretariat)
    openness = openness_samples(alliance, project, secretariat)
    samples |= openness.arguments
    samples |= books_samples(alliance, giving, project, secretariat)
    samples |= briefing_samples(alliance, secretariat)
    samples |= site_samples(project, secretariat)
    samples |= checkup_samples(alliance, giving, secretariat)
    return samples | {
        "plan_pk": plan.pk,
        "task_pk": task.pk,
        "run_pk": asked.pk,
        "item_pk": alliance.approval_items.first().pk,
        "kept_pk": kept.pk,
        "office_pk": giving.pk,
        "closure_pk": closure.pk,
        "period_pk": period.pk,
        "edition": 1,
        "secret": reported.token,
        "photo_pk": reported.matter.photos.get().pk,
        "organisation": giving.pk,
        "comment": remark,
        "slug": alliance.slug,
        "indicator": "D2",
        "number": LedgerEntry.objects.get(act="decision.asked").number,
        "token": link.split("/")[2],
        "kind": "offers",
        "section": "offers",
        "scenario_pk": scenario.pk,
        "need_pk": commitment.component.need.pk,
        "suffix": ".json",
        "name": "projects",
        "ending": "ttl",
        "service_code": "none",
        "request_id": "none",
        "token_id": "none",
        "uidb36": "1",
        "session_pk": 1,
        "key": "set-password",
        "pk": {
            "organisation": giving.pk,
            "projects:": project.pk,
            "portal:supervise": project.pk,
            "places:": samples["place_pk"],
            "public_matters:": reported.matter.pk,
            "alliance:edit": giving.pk,
            "alliance:handover": giving.pk,
            "alliance:withdraw": alliance.memberships.get(organisation=giving).pk,
            "alliance:take_up": application.pk,
            "alliance:refuse": application.pk,
            "seat": seat.pk,
            **dict.fromkeys(AGREEMENT_WORDS, agreement),
            "webauthn": 1,
            "account_sign_out": viewer.pk,
            "decision": decision.pk,
            "governance:withdraw": decision.pk,
            "revoke": delegation.pk,
            "superior": superior.pk,
            "offer": commitment.offer.pk,
            "need": commitment.component.need.pk,
            "run": run.pk,
            "what_if": run.pk,
            "scenario": run.pk,
            "import": draft.pk,
            "news_import:": imported.pk,
            **dict.fromkeys(("news", "newsroom:"), samples.pop("announcement")),
            **openness.pks,
            "clients:": program.pk,
            "clients:webhook": webhook.pk,
            "platform_revoke": everywhere.pk,
            "filter": saved.pk,
            "commitment": commitment.pk,
            **{f"coupling:{act}": commitment.pk for act in COMMITMENT_ACTS},
        },
    }


FIGURES = {
    "working_days": 5,
    "serial_days": 5,
    "counted_days": 5,
    "elapsed_days": 5,
    "finish_on": "2027-03-05",
    "late_days": 0,
    "overrun_days": 0,
}
SAME: dict[str, Any] = {"now": FIGURES, "then": FIGURES, "moved": {}} | {
    "critical_now": [],
    "critical_then": [],
}


def _colleague(alliance: Alliance) -> User:
    """Somebody else of the first lead body."""
    user = User.objects.create(username="colleague", email="colleague@example.org")
    Appointment.objects.create(
        alliance=alliance,
        user=user,
        role=Role.VIEWER.value,
        organisation=alliance.lead_a,
        from_on=today(),
    )
    return user


def _public_matter(alliance: Alliance, by: User) -> Reported:
    """A matter with a photo, both looked at and public."""
    photo = PhotoFacts(b"picture", "image/jpeg", 3, 2)
    name, phone, email = CONTACT_WORDS
    contact = ContactFacts(name=name, phone=phone, email=email, consent_text="同意")
    facts = MatterFacts("院里积水", photos=[photo], contact=contact)
    reported = report_matter(alliance=alliance, facts=facts, by=None)
    reported.matter.photos.update(is_public=True)
    check_publication(matter=reported.matter, public_text="院里积水", is_public=True, by=by)
    return reported


def _agreement(alliance: Alliance, giving: Organisation, by: User, member: User) -> tuple[int, int]:
    """A draft open for comment with one comment: ids of agreement and comment."""
    version = start_agreement(alliance=alliance, kind="cobuilding", by=by, title="共建协议")
    open_comments(version=version, until=today(), by=by)
    remark = comment_on(version=version, organisation=giving, text="再议", by=member)
    return version.agreement_id, remark.pk


def planned_project(alliance: Alliance, giving: Organisation, by: User) -> Project:
    """A public project of the giving member, with one task and a plan it works by."""
    adopt_catalogue(alliance=alliance, by=by)
    project = create_project(
        alliance=alliance,
        owner=giving,
        by=by,
        title_zh="道路改造",
        kind="road",
        features=[],
        starts_on=MONDAY,
        is_public=True,
    )
    save_task(project=project, by=by, title_zh="铺设管线", modes=[ModeFacts(5)])
    figures = ("serial_days", "working_days", "counted_serial_days", "counted_days", "elapsed_days")
    project.current = Plan.objects.create(
        project=project,
        number=1,
        made_by=by,
        starts_on=MONDAY,
        finish_on=MONDAY + timedelta(days=4),
        **dict.fromkeys(figures, 5),
    )
    project.state = Project.State.BASELINED
    project.save()
    project.current.rows.create(
        task=project.tasks.get(), days=5, starts_on=MONDAY, finishes_on=MONDAY + timedelta(days=4)
    )
    return project
