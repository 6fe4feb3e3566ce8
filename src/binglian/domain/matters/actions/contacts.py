"""How to reach a reporter: kept encrypted, read with a reason, erased in time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.ledger.actions import record
from binglian.domain.matters.contact_seal import opened, sealed
from binglian.domain.matters.facts import ContactFacts
from binglian.domain.matters.models import Contact, ContactLook, Matter
from binglian.domain.matters.queries.visibility import organisation_reading_contact
from binglian.domain.refusals import found_or_refused, refuse_unless

from .steps import locked, note_step, require_for

#: Days after the report until a contact is erased; counted anew when a matter is closed.
KEPT_DAYS = 180


def keep_contact(matter: Matter, contact: ContactFacts) -> Contact:
    """Seal what the reporter gave, with the words they agreed to."""
    refuse_unless(contact.consent_text.strip(), _("保存联系方式须先征得同意。"))
    return Contact.objects.create(
        matter=matter,
        sealed=sealed(contact, matter.pk),
        consent_text=contact.consent_text.strip(),
        consented_at=now(),
        erase_on=localdate() + timedelta(days=KEPT_DAYS),
    )


@transaction.atomic
def read_contact(*, matter: Matter, reason: str, by: User) -> ContactFacts:
    """How to reach who reported; every look is noted with its reason (查看联系方式).

    Raises
    ------
    PermissionDenied
        ``by`` neither handles the matter nor dispatches or revisits it.
    ActionRefused
        No reason given, no contact left, or nobody may be reached any more.
    """
    matter = locked(matter)
    organisation = organisation_reading_contact(by, matter)
    if organisation is None:
        require_for(by, Permission.DISPATCH_MATTERS, matter)
    refuse_unless(reason.strip(), _("请写明为什么查看联系方式。"))
    contact = found_or_refused(
        Contact.objects.filter(matter=matter, erased_at=None).first(),
        _("没有留下联系方式，或已到期删除。"),
    )
    ContactLook.objects.create(
        contact=contact, by=by, organisation=organisation, reason=reason.strip()[:120]
    )
    record(by, "matter.contact_read", matter, within=matter.alliance, organisation=organisation)
    return opened(bytes(contact.sealed), matter.pk)


def erase_contact(matter: Matter, by: User | None, what: str = "contact_erased") -> bool:
    """Empty the contact of a matter, if there is one left."""
    contact = Contact.objects.filter(matter=matter, erased_at=None).first()
    if contact is None:
        return False
    contact.sealed, contact.erased_at = b"", now()
    contact.save(update_fields=["sealed", "erased_at"])
    note_step(matter, what, by)
    return True
