"""One need asks one offer directly, without waiting for a run."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.calendar import add_working_days
from binglian.domain.alliance.models import today
from binglian.domain.alliance.queries import liaison_officers
from binglian.domain.coupling.models import Commitment, Component, Offer
from binglian.domain.coupling.queries import quantity_left
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

_ASKED = gettext_noop("“%(need)s”直接向贵单位申请“%(offer)s”，请认领或谢绝。")
_REASON = gettext_noop("需求单位直接申请这项资源。")


@transaction.atomic
def ask_directly(*, offer: Offer, component: Component, by: User) -> Commitment:
    """The side that needs it asks the owner of one offer; answered like every commitment.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the lists of the needing organisation.
    ActionRefused
        Either is off the list, of another kind or unit, its own, or too little is left.
    """
    need = component.need
    require_permission(by, Permission.EDIT_LISTS, within=need.seat)
    # The offer is the scarce thing: lock it, so nobody is asked for what is gone.
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    refuse_unless(offer.alliance_id == need.alliance_id, _("该行属于另一联盟。"))
    is_listed = offer.state == Offer.State.OPEN and need.state == need.State.OPEN
    refuse_unless(is_listed, _("该行已不在清单上。"))
    refuse_unless(offer.organisation_id != need.organisation_id, _("不能向自己申请。"))
    fits = (offer.kind, offer.unit) == (component.kind, component.unit)
    refuse_unless(fits, _("资源和需求的类别或计量单位不同。"))
    refuse_unless(component.quantity <= quantity_left(offer), _("资源余量不足。"))
    commitment = Commitment.objects.create(
        offer=offer,
        component=component,
        quantity=component.quantity,
        answer_due_on=add_working_days(today(), offer.alliance.answer_days),
        due_on=need.deadline,
        **_reasons(),
    )
    record(
        by,
        "commitment.proposed",
        commitment,
        within=offer.alliance,
        organisation=need.organisation,
        change={"quantity": commitment.quantity, "directly": True},
    )
    notify(
        liaison_officers(offer.alliance, offer.organisation),
        key=f"commitment:{commitment.pk}:proposed",
        message=_ASKED,
        facts={"need": need.title, "offer": offer.title},
        url=f"/a/{offer.alliance.slug}/commitments/{commitment.pk}/",
    )
    return commitment


def _reasons() -> dict[str, str]:
    told = {}
    for language, name in (("zh-hans", "reason_zh"), ("en", "reason_en")):
        with override(language):
            told[name] = gettext(_REASON)
    return told
