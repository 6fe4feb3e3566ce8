"""Admission of members as a reserved act."""

from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.actions import admit_members, refuse_members
from binglian.domain.alliance.models import Membership, Organisation
from binglian.domain.ledger.chain import digest_of

from .reserved import Change, ReservedAct, register


def _memberships(ids: list[int]) -> list[Membership]:
    rows = Membership.objects.filter(pk__in=ids).select_related("organisation", "alliance")
    return list(rows.order_by("pk"))


def _changes(ids: list[int]) -> list[Change]:
    return [
        Change(
            str(m.organisation),
            m.get_state_display(),
            f"{Membership.State.ADMITTED.label} · {m.category_label}",
        )
        for m in _memberships(ids)
    ]


def _digest(ids: list[int]) -> str:
    rows = [[m.pk, m.organisation.name, m.category, m.state] for m in _memberships(ids)]
    return digest_of({"memberships": rows})


def _hold(ids: list[int]) -> None:
    rows = Membership.objects.filter(pk__in=ids)
    bodies = Organisation.objects.filter(pk__in=rows.values("organisation"))
    for held in (rows, bodies):
        list(held.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


ADMISSION = ReservedAct(
    code="alliance.admission",
    label=_("接纳成员单位"),
    subject=lambda ids: str(_memberships(ids)[0].organisation),
    changes=_changes,
    digest=_digest,
    put_in_force=lambda ids: admit_members(memberships=_memberships(ids), by=None),
    refuse=lambda ids: refuse_members(memberships=_memberships(ids), by=None),
    path=lambda _ids: "members/",
    hold=_hold,
)


def register_admission() -> None:
    register(ADMISSION)
