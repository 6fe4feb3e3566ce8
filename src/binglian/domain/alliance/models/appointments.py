"""Who sits where, from a day until a day."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import cache, partial

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role

from .alliances import Alliance
from .organisations import Organisation


def today() -> date:
    """Today in the alliance's time zone."""
    return timezone.localdate()


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> AppointmentQuerySet:
        return self.filter(from_on__lte=today()).filter(Q(until_on=None) | Q(until_on__gt=today()))


#: Every page names the alliance, and many who leads it.
OF_A_SEAT = ("alliance__lead_a", "alliance__lead_b", "organisation")


def keep_seats(user: User) -> None:
    """Ask for the person's seats once, however often permissions are asked of this object.

    Only for what reads and writes nothing, such as a page that is shown: a seat taken or left
    meanwhile goes unseen by it.
    """

    def read() -> list[Appointment]:
        held = Appointment.objects.current().filter(user=user.pk)
        return list(held.select_related(*OF_A_SEAT))

    user.kept_seats = cache(read)  # type: ignore[attr-defined]


def keep_seats_of(users: Collection[User]) -> None:
    """As :func:`keep_seats`, for several people in one statement."""
    held: dict[int, list[Appointment]] = {user.pk: [] for user in users}
    seats = Appointment.objects.current().filter(user__in=held)
    for seat in seats.select_related(*OF_A_SEAT):
        held[seat.user_id].append(seat)
    for user in users:
        user.kept_seats = partial(held.__getitem__, user.pk)  # type: ignore[attr-defined]


def seats_of(user: User) -> list[Appointment]:
    """Every seat the person holds today, with its alliance and organisation."""
    kept: Callable[[], list[Appointment]] | None = getattr(user, "kept_seats", None)
    if kept is not None:
        return kept()
    held = Appointment.objects.current().filter(user=user.pk)
    return list(held.select_related(*OF_A_SEAT))


class Appointment(models.Model):
    """A person's seat (任职). Obligations stay with the organisation when it changes hands."""

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="appointments")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="appointments")
    role = models.CharField(
        _("角色"), max_length=12, choices=[(r.value, r.label) for r in Role if not r.is_on_platform]
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    from_on = models.DateField(_("自"))
    # The first day on which the seat is no longer held.
    until_on = models.DateField(_("至"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "user", "role", "organisation"],
                condition=Q(until_on=None, organisation__isnull=False),
                name="seat_for_organisation_once",
            ),
            models.UniqueConstraint(
                fields=["alliance", "user", "role"],
                condition=Q(until_on=None, organisation=None),
                name="seat_once",
            ),
            models.CheckConstraint(
                name="seat_of_an_organisation_names_it",
                condition=~Q(role__in=["liaison", "signatory", "worker", "street"])
                | Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
