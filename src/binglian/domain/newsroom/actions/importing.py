"""A page that was read: kept for some days, then confirmed by a person or erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.actions import enter_organisation, propose_member
from binglian.domain.alliance.models import Alliance, Membership, Organisation
from binglian.domain.alliance.queries import find_organisation
from binglian.domain.governance.actions import ask_decision
from binglian.domain.governance.admission import ADMISSION
from binglian.domain.governance.models import Decision
from binglian.domain.ledger.once.actions import claim
from binglian.domain.newsroom.facts import Draft
from binglian.domain.newsroom.models import Announcement, NewsImport
from binglian.domain.refusals import refuse_unless

from .drafting import start_announcement

IMPORT_DAYS = 7


@dataclass(frozen=True, slots=True)
class ProposedMember:
    """An organisation to be put forward; one already on the platform is not entered again."""

    name: str
    kind: str
    category: str


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What confirming wrote: the draft, the members put forward, the decision asked for them."""

    announcement: Announcement | None
    memberships: tuple[Membership, ...]
    decision: Decision | None


# Proposals are short-lived and nothing of them counts, so they do not go to the ledger.
@transaction.atomic
def keep_import(
    *, alliance: Alliance, filename: str, told: Mapping[str, Any], by: User
) -> NewsImport:
    """Keep what a page was read as until a person decides, at most ``IMPORT_DAYS`` days."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    discard_old_imports()
    claim(filename)
    return NewsImport.objects.create(
        alliance=alliance, user=by, filename=filename[-200:], told=dict(told)
    )


@transaction.atomic
def discard_import(*, imported: NewsImport, by: User) -> None:
    """Forget what was read, at once."""
    require_permission(by, Permission.MANAGE_MEMBERS, within=imported.alliance)
    refuse_unless(imported.confirmed_at is None, _("这份公告已经导入。"))
    claim(imported.filename)
    imported.delete()


def discard_old_imports() -> int:
    """Erase what nobody confirmed in ``IMPORT_DAYS`` days; returns how many."""
    too_old = now() - timedelta(days=IMPORT_DAYS)
    old = NewsImport.objects.filter(uploaded_at__lt=too_old, confirmed_at=None)
    return old.delete()[0]


@transaction.atomic
def confirm_import(
    *,
    imported: NewsImport,
    draft: Draft | None,
    organisation: Organisation | None,
    members: Sequence[ProposedMember],
    by: User,
) -> ImportOutcome:
    """Write what a person confirmed: a draft announcement, and members put forward for admission.

    ``draft`` and ``organisation``, in whose name it is, come together or not at all.

    Raises
    ------
    PermissionDenied
        ``by`` does not manage the members, or does not write for the organisation.
    ActionRefused
        It was confirmed before; nothing was chosen; an organisation is a member already.
    """
    imported = NewsImport.objects.select_for_update().get(pk=imported.pk)
    alliance = imported.alliance
    require_permission(by, Permission.MANAGE_MEMBERS, within=alliance)
    refuse_unless(imported.confirmed_at is None, _("这份公告已经导入。"))
    refuse_unless(draft or members, _("请勾选要提请的单位，或选择以谁的名义起草公告。"))
    announcement = None
    if draft and organisation:
        announcement = start_announcement(
            alliance=alliance, organisation=organisation, draft=draft, by=by
        )
    memberships = tuple(_propose(alliance, member, by) for member in members)
    decision = _ask(alliance, memberships, by) if memberships else None
    imported.announcement, imported.confirmed_at = announcement, now()
    imported.save(update_fields=["announcement", "confirmed_at"])
    return ImportOutcome(announcement, memberships, decision)


def _propose(alliance: Alliance, member: ProposedMember, by: User) -> Membership:
    organisation = find_organisation(member.name) or enter_organisation(
        by=by, alliance=alliance, name=member.name, kind=member.kind
    )
    return propose_member(
        alliance=alliance, organisation=organisation, category=member.category, by=by
    )


def _ask(alliance: Alliance, memberships: Sequence[Membership], by: User) -> Decision:
    return ask_decision(
        alliance=alliance,
        act=ADMISSION.code,
        object_ids=[membership.pk for membership in memberships],
        by=by,
        permission=Permission.MANAGE_MEMBERS,
    )
