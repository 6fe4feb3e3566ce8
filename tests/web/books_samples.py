"""One object of each kind that pages of a site's books show."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Organisation, today
from binglian.domain.checks.actions import (
    announce_open_day,
    appoint_supervisor,
    enter_contract,
    enter_donation,
    file_observation,
    hand_out,
    nominate_supervisor,
    open_promise,
    publish_donation,
    sign_up,
)
from binglian.domain.checks.facts import GoodFacts
from binglian.domain.checks.models import IntegrityPromise
from binglian.domain.matters.photos import photo_facts
from binglian.domain.projects.models import Project

from .news_samples import photograph

VISIT_PHONE = "13600002222"


def books_samples(
    alliance: Alliance, giving: Organisation, project: Project, by: User
) -> dict[str, Any]:
    """At a public site of the giving member: a contract with its promise, goods, an open day."""
    parties = [alliance.lead_a, giving]
    contracts = [
        enter_contract(
            project=project,
            number=number,
            title="施工合同",
            subject="路面",
            signed_on=today(),
            digest="0" * 64,
            parties=parties,
            by=by,
        )
        for number in ("1", "2")
    ]
    open_promise(contract=contracts[0], text="不送礼，不收礼。", by=by)
    public = open_promise(contract=contracts[1], text="不送礼，不收礼。", by=by)
    IntegrityPromise.objects.filter(pk=public.pk).update(state="published", published_at=now())
    donation = enter_donation(
        project=project,
        donor=alliance.lead_b,
        receipt_number="SJ-1",
        given_on=today(),
        goods=[GoodFacts("矿泉水", 10, "箱", Decimal(24))],
        are_no_wages=True,
        by=by,
    )
    row = hand_out(good=donation.goods.get(), organisation=giving, quantity=4, on=today(), by=by)
    publish_donation(donation=donation, by=by)
    starts_at = now() + timedelta(days=9)
    day = announce_open_day(
        project=project,
        title_zh="开放日",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        meet_at="北门",
        capacity=20,
        by=by,
    )
    street = alliance.lead_b
    Appointment.objects.create(
        alliance=alliance,
        user=by,
        role=Role.WORKER.value,
        organisation=street,
        from_on=today(),
    )
    named = [
        nominate_supervisor(
            alliance=alliance,
            organisation=street,
            email=f"supervisor{number}@example.org",
            chosen_how="居民会议推选",
            by=by,
        )
        for number in (1, 2)
    ]
    supervisor, _is_new = appoint_supervisor(nomination=named[0], by=by)
    seen = file_observation(
        project=project,
        place="北门",
        text="围挡缺一块。",
        photo=photo_facts(photograph()),
        by=supervisor,
    )
    # The secretariat of the walk is no community's worker.
    Appointment.objects.filter(user=by, role=Role.WORKER.value).delete()
    coming, secret = sign_up(
        open_day=day, people=2, contact={"phone": VISIT_PHONE}, consent_text="同意"
    )
    return {
        "contract_pk": contracts[0].pk,
        "promise_pk": public.pk,
        "donation_pk": donation.pk,
        "hand_out_pk": row.pk,
        "day_pk": day.pk,
        "sign_up_pk": coming.pk,
        "nomination_pk": named[1].pk,
        "observation_pk": seen.pk,
        "visit_secret": secret,
    }
