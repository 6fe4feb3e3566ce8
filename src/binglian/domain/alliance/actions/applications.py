"""Applications from outside."""

from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import (
    Alliance,
    Application,
    Membership,
    Organisation,
)
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

from .memberships import propose_member
from .steps import (
    create_organisation,
    secretariat_of,
)

#: Told to the secretariat; kept as a source, rendered in both languages.
_RECEIVED = gettext_noop("“%(name)s”申请加入联盟，请办理。")


@transaction.atomic
def receive_application(*, alliance: Alliance, **facts: Any) -> Application:
    """Anybody may ask to join; nothing else happens until the secretariat has checked."""
    waiting = alliance.applications.filter(
        name=facts["name"], state=Application.State.RECEIVED
    ).exists()
    refuse_unless(not waiting, _("该单位的申请已收到，正在办理。"))
    application = Application.objects.create(alliance=alliance, **facts)
    record(None, "application.received", application, within=alliance)
    notify(
        secretariat_of(alliance),
        key=f"application:{application.pk}",
        message=_RECEIVED,
        facts={"name": application.name},
        url=f"/a/{alliance.slug}/members/",
    )
    return application


@transaction.atomic
def take_up_application(*, application: Application, by: User) -> Membership:
    """The secretariat has checked who is asking; the organisation is put forward."""
    alliance = application.alliance
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    application = Application.objects.select_for_update().get(pk=application.pk)
    is_open = application.state == Application.State.RECEIVED
    refuse_unless(is_open, _("该申请已办理。"))
    organisation = Organisation.objects.filter(name=application.name).first()
    if organisation is None:
        fields = ("name", "kind", "credit_code", "address", "desk")
        facts = {field: getattr(application, field) for field in fields}
        organisation = create_organisation(by, alliance, facts)
    membership = propose_member(
        alliance=alliance, organisation=organisation, category=application.category, by=by
    )
    application.state, application.answered_at = Application.State.TAKEN_UP, now()
    application.membership = membership
    application.save(update_fields=["state", "answered_at", "membership"])
    record(by, "application.taken_up", application, within=alliance, organisation=organisation)
    return membership


@transaction.atomic
def refuse_application(*, application: Application, reason: str, by: User) -> None:
    """The secretariat does not take the application up, and says why."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=application.alliance)
    application = Application.objects.select_for_update().get(pk=application.pk)
    refuse_unless(application.state == Application.State.RECEIVED, _("该申请已办理。"))
    refuse_unless(reason.strip(), _("请写明不予受理的原因。"))
    application.state, application.answered_at = Application.State.REFUSED, now()
    application.reason = reason
    application.save(update_fields=["state", "answered_at", "reason"])
    change = {"reason": reason}
    record(by, "application.refused", application, within=application.alliance, change=change)
