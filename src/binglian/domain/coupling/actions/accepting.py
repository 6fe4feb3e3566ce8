"""Accepting a commitment; from the alliance's threshold on it is put before the leads."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.coupling.models import Commitment
from binglian.domain.coupling.queries import BOTH_SIDES
from binglian.domain.governance.actions import ask_decision, locked_alliance
from binglian.domain.governance.models import Decision
from binglian.domain.governance.queries import open_decision
from binglian.domain.governance.reserved import Change, ReservedAct, leads_needed, register
from binglian.domain.ledger.chain import digest_of
from binglian.domain.refusals import found_or_refused, refuse_unless

from .commitments import locked_commitment, set_due_date, take_on

LARGE = "coupling.large_commitment"
#: Units that are money, in yuan.
_MONEY = {"元": Decimal(1), "万元": Decimal(10_000), "yuan": Decimal(1), "CNY": Decimal(1)}


def worth_in_yuan(commitment: Commitment) -> Decimal:
    """What is promised, in yuan: an amount of money, or quantity times price; 0 if for free."""
    if commitment.is_pledged:
        return Decimal(0)
    offer, _component = commitment.ends
    return commitment.quantity * (_MONEY.get(offer.unit.strip()) or offer.price)


def needs_leads(commitment: Commitment) -> bool:
    """Whether accepting it is reserved here: from the threshold on, for the leads of the table."""
    alliance = commitment.alliance
    is_large = alliance.large_from is not None and worth_in_yuan(commitment) >= alliance.large_from
    return is_large and bool(leads_needed(alliance, LARGE))


def decision_on(commitment: Commitment) -> Decision | None:
    """The decision that a large commitment waits for, if any."""
    return open_decision(commitment.alliance, LARGE, commitment.pk)


@transaction.atomic
def accept_commitment(
    *, commitment: Commitment, by: User, due_on: date | None = None
) -> Commitment:
    """The offering organisation takes it on (认领); a large one the leads approve first.

    Until they have, it stays proposed, with a decision open about it.

    Raises
    ------
    PermissionDenied
        ``by`` does not speak for the offering organisation.
    ActionRefused
        The commitment was answered before or is before the leads, too little of the offer is
        left, or ``due_on`` is past or after the need's deadline.
    """
    if not needs_leads(commitment):
        return take_on(commitment=commitment, by=by, due_on=due_on)
    require_permission(by, Permission.ANSWER_COMMITMENT, within=commitment.giver_seat)
    alliance = locked_alliance(commitment.alliance)
    commitment = locked_commitment(commitment)
    refuse_unless(commitment.state == Commitment.State.PROPOSED, _("该承诺已答复。"))
    refuse_unless(not decision_on(commitment), _("已提请，正等牵头单位答复。"))
    set_due_date(commitment, due_on)
    commitment.save(update_fields=["due_on"])
    ask_decision(
        alliance=alliance,
        act=LARGE,
        object_ids=[commitment.pk],
        by=by,
        permission=Permission.ANSWER_COMMITMENT,
        within=commitment.giver_seat,
    )
    return commitment


def _put_in_force(ids: list[int]) -> None:
    """Taken on in the name of whoever asked for the giver."""
    commitment = _commitment(ids)
    decision = found_or_refused(decision_on(commitment), _("没有提请过认领这一承诺。"))
    take_on(commitment=commitment, by=decision.asked_by)


def _hold(ids: list[int]) -> None:
    locked_commitment(_commitment(ids))


def _commitment(ids: list[int]) -> Commitment:
    return Commitment.objects.select_related(*BOTH_SIDES).get(pk=ids[0])


def _changes(ids: list[int]) -> list[Change]:
    commitment = _commitment(ids)
    money = _("%(amount)s 元") % {"amount": f"{worth_in_yuan(commitment).normalize():f}"}
    due_on = str(commitment.due_on or "")
    return [
        Change(
            str(commitment),
            commitment.get_state_display(),
            str(Commitment.State.ACCEPTED.label),
        ),
        Change(str(_("提供单位")), "", str(commitment.giver)),
        Change(str(_("金额")), "", str(money)),
        Change(str(_("兑现期限")), due_on, due_on),
    ]


def _digest(ids: list[int]) -> str:
    commitment = _commitment(ids)
    return digest_of(
        {
            "commitment": commitment.pk,
            "state": commitment.state,
            "quantity": commitment.quantity,
            "due_on": commitment.due_on,
            "worth": worth_in_yuan(commitment),
        }
    )


def register_large() -> None:
    register(
        ReservedAct(
            code=LARGE,
            label=_("认领大额承诺"),
            subject=lambda ids: str(_commitment(ids)),
            changes=_changes,
            digest=_digest,
            put_in_force=_put_in_force,
            refuse=lambda _ids: None,
            path=lambda ids: f"commitments/{ids[0]}/",
            hold=_hold,
        )
    )
