"""The alliance's catalogue of approval items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.ledger.actions import record
from binglian.domain.projects.catalogue import shipped_items
from binglian.domain.projects.cycles import cycle_in
from binglian.domain.projects.models import ApprovalItem, ItemLink, Lag, Link
from binglian.domain.projects.words import FEATURES, KINDS, OFFICES, codes
from binglian.domain.refusals import refuse_unless


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What an item waits for: another's code, which ends are tied, and by how many days."""

    before: str
    link: str = Link.FINISH_START.value
    least: int = 0
    most: int | None = None
    lag: str = Lag.WORKING.value


@transaction.atomic
def adopt_catalogue(
    *, alliance: Alliance, by: User, offices: Mapping[str, Organisation] | None = None
) -> int:
    """Copy the shipped items the alliance does not have yet; returns how many came in.

    ``offices`` says which organisation each type of office is here.
    """
    require_permission(by, Permission.MANAGE_PROJECTS, within=alliance)
    held = offices or {}
    known = set(alliance.approval_items.values_list("code", flat=True))
    new = [facts for facts in shipped_items() if facts["code"] not in known]
    last = alliance.approval_items.count()
    for position, facts in enumerate(new, last + 1):
        own = {name: value for name, value in facts.items() if name != "after"}
        organisation = held.get(facts["office"])
        ApprovalItem.objects.create(
            alliance=alliance, organisation=organisation, position=position, **own
        )
    items = {item.code: item for item in alliance.approval_items.all()}
    fresh = {facts["code"] for facts in new}
    for facts in shipped_items():
        for link in facts["after"]:
            # What the alliance had is as it wants it; only new items are tied in.
            if {facts["code"], link["before"]} & fresh:
                _tie(items, facts["code"], LinkFacts(**link))
    change = {"items": [facts["code"] for facts in new]}
    record(by, "catalogue.adopted", alliance, within=alliance, change=change)
    return len(new)


@transaction.atomic
def save_item(
    *,
    alliance: Alliance,
    by: User,
    item: ApprovalItem | None = None,
    after: Iterable[LinkFacts] | None = None,
    **facts: Any,
) -> ApprovalItem:
    """Enter an item, or change one; with ``after`` also what it waits for.

    Projects already begun keep the network they have.

    Raises
    ------
    ActionRefused
        Code taken, unknown kind, feature or office, a pledge longer than the law allows, or
        items that would wait for each other in a circle: the message names them.
    """
    require_permission(by, Permission.MANAGE_PROJECTS, within=alliance)
    refuse_unless(item is None or item.alliance_id == alliance.pk, _("该事项属于另一联盟。"))
    _check(alliance, item, facts)
    change: dict[str, Any] = {}
    if item is None:
        facts.setdefault("position", alliance.approval_items.count() + 1)
        item = ApprovalItem.objects.create(alliance=alliance, **facts)
        change["entered"] = True
    for name, value in facts.items():
        before = getattr(item, name)
        if before != value:
            change[name] = [str(before), str(value)]
            setattr(item, name, value)
    item.save()
    if after is not None:
        change |= _set_links(alliance, item, list(after))
    if change:
        act = "item.entered" if change.get("entered") else "item.changed"
        record(by, act, item, within=alliance, change=change)
    return item


@transaction.atomic
def assign_office(
    *, alliance: Alliance, office: str, organisation: Organisation | None, by: User
) -> int:
    """Say which organisation an office is here, for all its items; returns how many."""
    require_permission(by, Permission.MANAGE_PROJECTS, within=alliance)
    refuse_unless(office in codes(OFFICES), _("没有这一部门类型：%(code)s。") % {"code": office})
    count = alliance.approval_items.filter(office=office).update(organisation=organisation)
    change = {"office": office, "organisation": str(organisation or "")}
    record(by, "catalogue.office_assigned", alliance, within=alliance, change=change)
    return count


def _check(alliance: Alliance, item: ApprovalItem | None, facts: dict[str, Any]) -> None:
    said = {name: facts.get(name, getattr(item, name, None)) for name in _CHECKED}
    refuse_unless(said["code"] and said["title_zh"], _("请填写编码和名称。"))
    clash = alliance.approval_items.filter(code=said["code"])
    clash = clash.exclude(pk=item.pk) if item else clash
    refuse_unless(not clash.exists(), _("编码“%(code)s”已被使用。") % {"code": said["code"]})
    known = said["office"] in codes(OFFICES)
    refuse_unless(known, _("没有这一部门类型：%(code)s。") % {"code": said["office"]})
    for kind in said["kinds"] or ():
        refuse_unless(kind in codes(KINDS), _("没有这一项目类型：%(kind)s。") % {"kind": kind})
    for feature in said["applies_when"] or ():
        known = feature in codes(FEATURES)
        refuse_unless(known, _("没有这一项目情形：%(code)s。") % {"code": feature})
    within_law = (said["pledged_days"] or 0) <= (said["statutory_days"] or 0)
    refuse_unless(within_law, _("承诺时限不能长于法定时限。"))


_CHECKED = (
    "code", "title_zh", "office", "kinds", "applies_when", "pledged_days", "statutory_days"
)  # fmt: skip


def _set_links(alliance: Alliance, item: ApprovalItem, wanted: list[LinkFacts]) -> dict[str, Any]:
    items = {one.code: one for one in alliance.approval_items.all()}
    before = [_facts_of(link) for link in item.links_before.select_related("before")]
    if sorted(before, key=str) == sorted(wanted, key=str):
        return {}
    item.links_before.all().delete()
    for facts in wanted:
        known = facts.before in items
        refuse_unless(known, _("没有编码为“%(code)s”的事项。") % {"code": facts.before})
        _tie(items, item.code, facts)
    links = ItemLink.objects.filter(after__alliance=alliance, link=Link.FINISH_START)
    circle = cycle_in(links.values_list("before_id", "after_id"))
    names = {one.pk: f"{one.code} {one.title}" for one in items.values()}
    refuse_unless(
        not circle,
        _("事项互为前置，绕成一圈：%(items)s。")
        % {"items": " → ".join(names[pk] for pk in circle)},
    )
    return {"after": [asdict(facts) for facts in wanted]}


def _facts_of(link: ItemLink) -> LinkFacts:
    return LinkFacts(link.before.code, link.link, link.least, link.most, link.lag)


def _tie(items: Mapping[str, ApprovalItem], code: str, facts: LinkFacts) -> None:
    refuse_unless(facts.before != code, _("事项不能以自己为前置。"))
    ItemLink.objects.create(
        before=items[facts.before],
        after=items[code],
        link=facts.link,
        least=facts.least,
        most=facts.most,
        lag=facts.lag,
    )
