"""How to reach a reporter: kept encrypted, read with a reason, erased in time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.alliance.names import search_text
from binglian.domain.ledger.actions import record
from binglian.domain.matters.contact_seal import opened, sealed
from binglian.domain.matters.facts import ContactFacts
from binglian.domain.matters.models import Contact, ContactLook, Matter
from binglian.domain.matters.queries.rules import matter_rules_of
from binglian.domain.matters.queries.visibility import (
    matter_by_token,
    organisation_reading_contact,
)
from binglian.domain.matters.words import sentence_of
from binglian.domain.refusals import found_or_refused, refuse_unless

from .steps import locked, note_step, require_for


def keep_contact(matter: Matter, contact: ContactFacts) -> Contact:
    """Seal what the reporter gave, with the words they agreed to.

    It is erased so many days after the report, or once the matter is closed, if that is later.
    """
    refuse_unless(contact.consent_text.strip(), _("保存联系方式须先征得同意。"))
    return Contact.objects.create(
        matter=matter,
        sealed=sealed(contact, matter.pk),
        consent_text=contact.consent_text.strip(),
        consented_at=now(),
        erase_on=localdate() + timedelta(days=matter_rules_of(matter.alliance).kept_days),
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


def erase_due_contacts(*, today: date) -> int:
    """The clock erases what is due (到期删除); an open matter keeps its contact until closed."""
    due = Matter.objects.filter(contact__erased_at=None, contact__erase_on__lte=today)
    return sum(_erased(matter) for matter in due.exclude(state__in=Matter.OPEN))


@transaction.atomic
def _erased(matter: Matter) -> bool:
    return erase_contact(locked(matter), None)


def export_reporter(*, token: str) -> dict[str, Any]:
    """Everything kept about a reporter and their report, for themselves alone (导出).

    ``contact`` is ``None`` where there is none or it was erased.
    """
    matter = _of_token(token)
    contact = Contact.objects.filter(matter=matter).first()
    is_there = contact is not None and contact.erased_at is None
    looks = ContactLook.objects.filter(contact=contact).select_related("organisation")
    return {
        "number": matter.number,
        "reported_at": matter.reported_at.isoformat(),
        "text": matter.text,
        "answers": matter.answers,
        "address": matter.address,
        "courtyard": matter.courtyard,
        "longitude": matter.longitude,
        "latitude": matter.latitude,
        "contact": _plain(contact) if contact and is_there else None,
        "consent": contact.consent_text if contact else None,
        "erase_on": str(contact.erase_on) if contact else None,
        "looks": [
            {
                "at": look.at.isoformat(),
                "organisation": look.organisation.name if look.organisation else "",
                "reason": look.reason,
            }
            for look in looks
        ],
        "photos": matter.photos.count(),
        "additions": [
            {"at": addition.at.isoformat(), "text": addition.text}
            for addition in matter.additions.all()
        ],
        "steps": [
            {"at": step.at.isoformat(), "what": sentence_of(step)} for step in matter.events.all()
        ],
    }


@transaction.atomic
def erase_reporter(*, token: str) -> Matter:
    """Forget the reporter on request (删除): contact, own words, exact address, private photos.

    The matter itself stays, with what was checked for everybody to read.
    """
    return forget_reporter(_of_token(token))


@transaction.atomic
def forget_reporter(matter: Matter) -> Matter:
    """What ``erase_reporter`` does, once more after a backup brought the reporter back."""
    matter = locked(matter)
    erase_contact(matter, None, "reporter_erased") or note_step(matter, "reporter_erased", None)
    matter.text = matter.public_text or gettext("（已按诉求人要求删除）")
    matter.answers, matter.entered_by = {}, None
    if matter.visibility != Matter.Visibility.PUBLIC:
        matter.address, matter.courtyard = "", ""
        matter.longitude, matter.latitude = None, None
    matter.search_text = search_text(matter.text, matter.address, matter.courtyard)
    matter.save()
    matter.photos.filter(is_public=False).delete()
    matter.additions.update(text="")
    return matter


def _of_token(token: str) -> Matter:
    return found_or_refused(matter_by_token(token), _("链接无效。"))


def _plain(contact: Contact) -> dict[str, str]:
    found = opened(bytes(contact.sealed), contact.matter_id)
    return {"name": found.name, "phone": found.phone, "email": found.email}
