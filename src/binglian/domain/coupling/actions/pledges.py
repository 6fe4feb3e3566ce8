"""Promises pledged in agreements and at meetings enter the one list of commitments."""

from decimal import Decimal

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.coupling.models import Commitment, title_in_each_language
from binglian.domain.coupling.queries import pledges_by_origin
from binglian.domain.governance.promises import Promise, PromiseBook, register
from binglian.domain.ledger.actions import record

State = Commitment.State
_PLEDGED = gettext_noop("“%(giver)s”承诺“%(what)s”，期限 %(day)s。")
_PLEDGED_UNDATED = gettext_noop("“%(giver)s”承诺“%(what)s”。")


@transaction.atomic
def pledge(promise: Promise, by: User) -> Commitment:
    """Write a promise as a commitment, accepted from the start; once for each origin."""
    commitment, is_new = Commitment.objects.get_or_create(
        alliance=promise.alliance,
        origin=promise.origin,
        defaults={
            "giver": promise.giver,
            "receiver": promise.receiver,
            "title_zh": promise.title_zh,
            "title_en": promise.title_en,
            "target": promise.target,
            "due_on": promise.due_on,
            "quantity": Decimal(1),
            "state": State.ACCEPTED,
            "answered_by": by,
            "answered_at": now(),
        },
    )
    if not is_new:
        return commitment
    change = {"origin": promise.origin, "target": promise.target, "due_on": promise.due_on}
    record(
        by,
        "commitment.pledged",
        commitment,
        within=promise.alliance,
        organisation=promise.giver,
        change=change,
    )
    both = liaison_officers(promise.alliance, promise.giver) | liaison_officers(
        promise.alliance, promise.receiver
    )
    notify(
        both.distinct(),
        key=f"commitment:{commitment.pk}:pledged",
        message=_PLEDGED if promise.due_on else _PLEDGED_UNDATED,
        facts={
            "giver": promise.giver.name,
            "what": title_in_each_language(commitment),
            "day": promise.due_on,
        },
        url=f"/a/{promise.alliance.slug}/commitments/{commitment.pk}/",
    )
    return commitment


@transaction.atomic
def release_pledges(alliance: Alliance, origins: list[str], why: str, by: User | None) -> None:
    """End pledges that are no longer owed, with the reason; what was delivered stays as it is."""
    owed = alliance.commitments.select_for_update().filter(origin__in=origins, state=State.ACCEPTED)
    for commitment in owed:
        commitment.state, commitment.explanation = State.EXPLAINED, why[:400]
        commitment.save(update_fields=["state", "explanation"])
        record(
            by,
            "commitment.explained",
            commitment,
            within=alliance,
            organisation=commitment.giver,
            change={"why": why},
        )


def register_pledges() -> None:
    register(PromiseBook(make=pledge, states=pledges_by_origin, release=release_pledges))
