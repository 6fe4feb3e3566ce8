"""Uploads between dry run and decision, and the carrying out of a member list."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.imports import ImportPlan, Line, Verdict
from binglian.domain.alliance.models import Alliance, ImportDraft, Membership, Organisation
from binglian.domain.alliance.queries import keeps_lists
from binglian.domain.ledger.once.actions import claim
from binglian.domain.refusals import refuse_unless

from .memberships import change_membership, propose_member
from .organisations import change_organisation, enter_organisation

DRAFT_DAYS = 7
#: Lists that are not the members' own: what whoever brings them in must be allowed.
KEPT_BY = {
    "members": Permission.MANAGE_MEMBERS,
    "places": Permission.KEEP_PLACES,
    "checkup": Permission.KEEP_CHECKUPS,
}


# Drafts are private and short-lived, so nothing of them goes to the ledger.
@transaction.atomic
def keep_draft(
    *, alliance: Alliance, kind: str, filename: str, content: bytes, by: User
) -> ImportDraft:
    """Keep an upload until it is decided upon, at most ``DRAFT_DAYS`` days."""
    require_permission(by, KEPT_BY.get(kind, Permission.VIEW_ALLIANCE), within=alliance)
    if kind not in KEPT_BY:
        refuse_unless(keeps_lists(by, alliance), _("您在本联盟没有可填报的单位。"))
    discard_old_drafts()
    claim(filename)
    return ImportDraft.objects.create(
        alliance=alliance, user=by, kind=kind, filename=filename[-200:], content=content
    )


@transaction.atomic
def map_columns(
    *, draft: ImportDraft, mapping: Mapping[str, Mapping[str, int | None]], by: User
) -> ImportDraft:
    """Say by hand which column of which sheet is which."""
    refuse_unless(draft.user == by, _("只有上传的人可以继续这次导入。"))
    refuse_unless(draft.carried_out_at is None, _("这份表格已经导入。"))
    claim(draft.filename)
    draft.mapping = {sheet: dict(columns) for sheet, columns in mapping.items()}
    draft.save(update_fields=["mapping"])
    return draft


@transaction.atomic
def discard_draft(*, draft: ImportDraft, by: User) -> None:
    """Forget an upload at once."""
    refuse_unless(draft.user == by, _("只有上传的人可以继续这次导入。"))
    claim(draft.filename)
    draft.delete()


def discard_old_drafts() -> int:
    """Erase uploads older than ``DRAFT_DAYS`` days; returns how many."""
    return ImportDraft.objects.filter(uploaded_at__lt=now() - timedelta(days=DRAFT_DAYS)).delete()[
        0
    ]


@transaction.atomic
def settle_draft(*, draft: ImportDraft, by: User) -> None:
    """The upload is being carried out; nobody can do it a second time."""
    draft = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    refuse_unless(draft.user == by, _("只有上传的人可以继续这次导入。"))
    refuse_unless(draft.carried_out_at is None, _("这份表格已经导入。"))
    draft.carried_out_at = now()
    draft.save(update_fields=["carried_out_at"])


@transaction.atomic
def carry_out_members(*, plan: ImportPlan, by: User) -> list[Membership]:
    """Write the lines of a member list; returns those now put forward for admission.

    Admission itself is a decision: ask it for what this returns.
    """
    require_permission(by, Permission.MANAGE_MEMBERS, within=plan.alliance)
    proposed = []
    for line in plan.lines:
        if line.verdict == Verdict.CREATE:
            proposed.append(_propose(plan.alliance, line, by))
        elif line.verdict == Verdict.CHANGE:
            _change(line, by)
    # A parent may stand below its branch in the list, so parents come last.
    for line in plan.lines:
        if line.facts["parent"] is not None and line.verdict != Verdict.SAME:
            _set_parent(plan.alliance, line, by)
    return proposed


def _propose(alliance: Alliance, line: Line, by: User) -> Membership:
    organisation = line.current
    if not isinstance(organisation, Organisation):
        organisation = enter_organisation(by=by, alliance=alliance, **line.facts["organisation"])
    return propose_member(
        alliance=alliance, organisation=organisation, by=by, **line.facts["membership"]
    )


def _change(line: Line, by: User) -> None:
    membership = cast(Membership, line.current)
    change_organisation(
        organisation=membership.organisation,
        alliance=membership.alliance,
        by=by,
        **line.facts["organisation"],
    )
    change_membership(membership=membership, by=by, **line.facts["membership"])


def _set_parent(alliance: Alliance, line: Line, by: User) -> None:
    if isinstance(line.current, Organisation):
        return  # known elsewhere on the platform: its facts are not ours to change
    organisation = Organisation.objects.get(name=line.facts["organisation"]["name"])
    parent = Organisation.objects.filter(name=line.facts["parent"]).first()
    if organisation.parent_id != (parent and parent.pk):
        change_organisation(organisation=organisation, alliance=alliance, by=by, parent=parent)
