"""Putting offers and needs on the lists, changing them, taking them off."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.coupling.models import Commitment, Component, Need, Offer
from binglian.domain.coupling.queries import quantity_promised
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless

Row = TypeVar("Row", Offer, Need)
#: What is written into the ledger about a change.
Change = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ComponentFacts:
    """One component as it is to be."""

    kind: str
    quantity: Decimal
    title: str = ""
    tags: Sequence[str] = field(default_factory=list)
    unit: str = ""


@transaction.atomic
def save_offer(
    *,
    alliance: Alliance,
    organisation: Organisation,
    by: User,
    offer: Offer | None = None,
    excludes: Iterable[Organisation] = (),
    **facts: Any,
) -> Offer:
    """Enter an offer, or change one; an empty ``number`` gets the next free one.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the lists of this organisation.
    ActionRefused
        Number taken, unknown kind, quantity below what is already promised, or not a member.
    """
    _check(alliance, organisation, by, offer)
    _check_kinds(alliance, [facts["kind"]])
    refuse_unless(facts["quantity"] >= 0, _("数量不能为负。"))
    refuse_unless(facts.get("lot", 1) > 0, _("最小批量须大于零。"))
    refuse_unless(facts.get("price", 0) >= 0, _("单价不能为负。"))
    if offer is not None:
        # Lock it: somebody may be accepting from it at this moment.
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        promised = quantity_promised(offer, renews=facts.get("renews"))
        refuse_unless(
            facts["quantity"] >= promised,
            _("已有 %(promised)s 被认领，数量不能少于此数。") % {"promised": promised},
        )
    offer, change = _save(Offer, offer, alliance, organisation, facts, "R")
    change |= _set_names(offer, "excludes", excludes)
    return _recorded(offer, by, change)


@transaction.atomic
def save_need(
    *,
    alliance: Alliance,
    organisation: Organisation,
    by: User,
    components: Sequence[ComponentFacts],
    need: Need | None = None,
    prefers: Iterable[Organisation] = (),
    rules_out: Iterable[Organisation] = (),
    **facts: Any,
) -> Need:
    """Enter a need with its components, or change one.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the lists of this organisation.
    ActionRefused
        Number taken, unknown kind, no component, not a member, or the components are to change
        although somebody has already been asked to supply them.
    """
    _check(alliance, organisation, by, need)
    refuse_unless(components, _("请至少填写一项组成。"))
    _check_kinds(alliance, [c.kind for c in components])
    refuse_unless(facts.get("times", 1) >= 1, _("次数至少为 1。"))
    refuse_unless(all(c.quantity > 0 for c in components), _("数量须大于零。"))
    need, change = _save(Need, need, alliance, organisation, facts, "N")
    change |= _set_names(need, "prefers", prefers) | _set_names(need, "rules_out", rules_out)
    change |= _set_components(need, components)
    return _recorded(need, by, change)


@transaction.atomic
def withdraw_row(*, row: Row, by: User) -> Row:
    """Take an offer or a need off the list; what was promised on it stays."""
    require_permission(by, Permission.EDIT_LISTS, within=row.seat)
    row = type(row).objects.select_for_update().get(pk=row.pk)
    refuse_unless(row.state == row.State.OPEN, _("该行已不在清单上。"))
    row.state = row.State.WITHDRAWN
    row.save(update_fields=["state", "changed_at", "search_text"])
    name = row._meta.model_name
    record(by, f"{name}.withdrawn", row, within=row.alliance, organisation=row.organisation)
    return row


def _check(
    alliance: Alliance, organisation: Organisation, by: User, row: Offer | Need | None
) -> None:
    require_permission(by, Permission.EDIT_LISTS, within=alliance.seat_of(organisation))
    if row is not None:
        refuse_unless(row.alliance == alliance, _("该行属于另一联盟。"))
        # Moving a row to another organisation needs the right for both.
        require_permission(by, Permission.EDIT_LISTS, within=row.seat)
    current = alliance.memberships.filter(
        organisation=organisation, state__in=["applied", "admitted"]
    )
    refuse_unless(current.exists(), _("“%(name)s”不是本联盟成员。") % {"name": organisation.name})


def _check_kinds(alliance: Alliance, kinds: Iterable[str]) -> None:
    known = {word.code for word in alliance.kind_words()}
    for kind in kinds:
        refuse_unless(kind in known, _("没有这一类别：%(kind)s。") % {"kind": kind})


def _save(
    model: type[Row],
    row: Row | None,
    alliance: Alliance,
    organisation: Organisation,
    facts: dict[str, Any],
    letter: str,
) -> tuple[Row, Change]:
    # Numbers are given out one at a time.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    number = (facts.get("number") or "").strip() or (row.number if row else "")
    facts["number"] = number or _next_number(model, alliance, letter)
    clash = model.objects.filter(alliance=alliance, number=facts["number"])
    if row is not None:
        clash = clash.exclude(pk=row.pk)
    refuse_unless(not clash.exists(), _("编号“%(number)s”已被使用。") % {"number": facts["number"]})
    if row is None:
        row = model.objects.create(alliance=alliance, organisation=organisation, **facts)
        return row, {"entered": True, "title": row.title}
    change: Change = {}
    for name, value in (facts | {"organisation": organisation}).items():
        before = getattr(row, name)
        if before != value:
            change[name] = [str(before), str(value)]
            setattr(row, name, value)
    if change:
        row.save()
    return row, change


def _next_number(model: type[Row], alliance: Alliance, letter: str) -> str:
    """The letter and the lowest number above all of that form."""
    taken = model.objects.filter(alliance=alliance, number__startswith=f"{letter}-")
    figures = [n[2:] for n in taken.values_list("number", flat=True)]
    highest = max((int(f) for f in figures if f.isdigit()), default=0)
    return f"{letter}-{highest + 1:03d}"


def _set_names(row: Offer | Need, field_name: str, organisations: Iterable[Organisation]) -> Change:
    relation = getattr(row, field_name)
    before, after = set(relation.all()), set(organisations)
    if before == after:
        return {}
    relation.set(after)
    return {field_name: sorted(o.name for o in after)}


def _set_components(need: Need, components: Sequence[ComponentFacts]) -> Change:
    wanted = [asdict(c) | {"tags": list(c.tags)} for c in components]
    rows = list(need.components.order_by("position"))
    current = [{key: getattr(row, key) for key in wanted[0]} for row in rows]
    if current == wanted:
        return {}
    asked = Commitment.objects.filter(component__in=rows).exists()
    refuse_unless(not asked, _("已有单位就此需求作出承诺，组成不能再改。请撤回后另填一项。"))
    # Proposals about the old components fall with them; a run can be made again.
    for row in rows:
        row.matches.all().delete()
        row.delete()
    for position, facts in enumerate(wanted):
        Component.objects.create(need=need, position=position, **facts)
    return {"components": wanted}


def _recorded(row: Row, by: User, change: Change) -> Row:
    name = row._meta.model_name
    if change:
        act = f"{name}.entered" if change.get("entered") else f"{name}.changed"
        record(by, act, row, within=row.alliance, organisation=row.organisation, change=change)
    return row
