"""What is kept about reporters, until when, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Contact, ContactLook, Matter


@dataclass(frozen=True, slots=True)
class Retention:
    """Contacts of an alliance's matters: kept, erased, and kept past their day.

    ``held_back`` are past their day, but their matter is still open; ``overdue`` have no such
    reason, and the clock erases them within the minute.
    """

    kept: int
    erased: int
    held_back: int
    overdue: int
    next_on: date | None


def retention_in(alliance: Alliance, today: date) -> Retention:
    """The figures as they stand."""
    contacts = Contact.objects.filter(matter__alliance=alliance)
    kept, past = Q(erased_at=None), Q(erased_at=None, erase_on__lte=today)
    is_open = Q(matter__state__in=Matter.OPEN)
    counts = contacts.aggregate(
        kept=Count("pk", filter=kept),
        erased=Count("pk", filter=~kept),
        held_back=Count("pk", filter=past & is_open),
        overdue=Count("pk", filter=past & ~is_open),
    )
    ahead = contacts.filter(kept, erase_on__gt=today).order_by("erase_on")
    return Retention(**counts, next_on=ahead.values_list("erase_on", flat=True).first())


def contact_looks_in(alliance: Alliance) -> QuerySet[ContactLook]:
    """Each look at a contact, with the matter it was about."""
    looks = ContactLook.objects.filter(contact__matter__alliance=alliance)
    return looks.select_related("organisation", "contact__matter")
