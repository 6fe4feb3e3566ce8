"""Entering places, changing them, grading them and moving them on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, has_permission, require_permission
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.words import GRADES
from binglian.domain.places.queries import area_at
from binglian.domain.refusals import found_or_refused, refuse_unless

from .steps import locked, note, require_tending

State = Place.State

#: What may be said of a place by whoever keeps the inventory.
FACTS = (
    "number", "name_zh", "name_en", "kind", "part_of", "address", "area", "longitude",
    "latitude", "outline", "grade", "grade_basis", "key_parts", "history", "history_en", "built",
    "structure", "storeys", "floor_area", "units", "vacant_units", "tenancy", "condition",
    "has_fire_access", "intended_trade", "actual_use", "state", "state_on", "is_public", "note",
)  # fmt: skip
#: What those responsible for it keep up to date themselves.
TENDED = (
    "units", "vacant_units", "condition", "has_fire_access", "intended_trade", "actual_use", "note",
)  # fmt: skip


@transaction.atomic
def save_place(*, alliance: Alliance, by: User, place: Place | None = None, **facts: Any) -> Place:
    """Enter a place, or change facts of one (see ``FACTS``); an empty number gets the next one.

    Those responsible for a place change only ``TENDED``.

    Raises
    ------
    PermissionDenied
        ``by`` does not keep the inventory, and what is to change is more than they may.
    ActionRefused
        No name, number taken, more rooms empty than there are, an order of stages that cannot
        be, or an intention to be rewritten after the works began.
    """
    if place is None:
        return _enter(alliance, by, facts)
    place = locked(place)
    refuse_unless(place.alliance_id == alliance.pk, _("这处里院属于另一联盟。"))
    change = _changes(place, facts)
    _require_for(by, place, set(change))
    refuse_unless(
        place.is_before_works or "intended_trade" not in change,
        _("施工已经开始，修缮前的打算不能再改；现在怎样使用，请写在“实际使用”里。"),
    )
    if "number" in change:
        _refuse_taken(alliance, facts["number"], place)
    for name in change:
        setattr(place, name, facts[name])
    _check(place)
    if change:
        place.save()
        act = "place.graded" if "grade" in change else "place.changed"
        note(by, act, place, change)
    return place


@transaction.atomic
def grade_place(*, place: Place, by: User, grade: str, basis: str) -> Place:
    """Say how a place is protected (定级), and by which document."""
    place = locked(place)
    require_permission(by, Permission.KEEP_PLACES, within=place.alliance)
    refuse_unless(grade in {word.code for word in GRADES}, _("请选择保护等级。"))
    is_protected = grade != "none"
    refuse_unless(basis.strip() or not is_protected, _("请写明定级依据，例如公布文件的文号。"))
    facts: dict[str, Any] = {"grade": grade, "grade_basis": basis.strip()}
    if place.state == State.SURVEYED:
        facts |= {"state": State.GRADED.value, "state_on": today()}
    return save_place(alliance=place.alliance, by=by, place=place, **facts)


@transaction.atomic
def move_place_on(*, place: Place, by: User, on: date | None = None, said: str = "") -> Place:
    """The next stage begins: ``said`` is the intended trade or the actual use it asks for.

    Raises
    ------
    ActionRefused
        There is none, a grade, an intention or a use is missing, or the day lies ahead.
    """
    place = locked(place)
    require_permission(by, Permission.KEEP_PLACES, within=place.alliance)
    following = found_or_refused(place.next_state, _("已经是最后一个阶段。"))
    day = on or today()
    refuse_unless(day <= today(), _("日期不能晚于今天。"))
    change: dict[str, Any] = {"state": [place.state, following], "on": day}
    field = {State.PLANNED: "intended_trade", State.IN_USE: "actual_use"}.get(State(following))
    if field and said.strip():
        change[field] = [getattr(place, field), said.strip()]
        setattr(place, field, said.strip())
    place.state, place.state_on = following, day
    _check(place)
    place.save()
    note(by, "place.moved_on", place, change)
    return place


def _enter(alliance: Alliance, by: User, facts: dict[str, Any]) -> Place:
    require_permission(by, Permission.KEEP_PLACES, within=alliance)
    # Numbers are given out one at a time.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    facts["number"] = (facts.get("number") or "").strip() or _next_number(alliance)
    _refuse_taken(alliance, facts["number"], None)
    place = Place(alliance=alliance, entered_by=by, **facts)
    if place.area is None and place.longitude is not None and place.latitude is not None:
        place.area = area_at(place.longitude, place.latitude)
    _check(place)
    place.save()
    change = {"kind": place.kind, "grade": place.grade, "state": place.state}
    note(by, "place.entered", place, change)
    return place


def _require_for(by: User, place: Place, changed: set[str]) -> None:
    if changed <= set(TENDED) or has_permission(by, Permission.KEEP_PLACES, within=place.alliance):
        require_tending(by, place)
    else:
        require_permission(by, Permission.KEEP_PLACES, within=place.alliance)


def _changes(place: Place, facts: dict[str, Any]) -> dict[str, Any]:
    change = {}
    for name, value in facts.items():
        before = getattr(place, name)
        if before != value:
            change[name] = [_told(before), _told(value)]
    return change


def _told(value: Any) -> Any:
    """A value as the ledger keeps it; an outline is told by being there."""
    if isinstance(value, dict):
        return value.get("type", "")
    return "" if value is None else str(value)


def _refuse_taken(alliance: Alliance, number: str, place: Place | None) -> None:
    clash = alliance.heritage.filter(number=number)
    clash = clash.exclude(pk=place.pk) if place else clash
    refuse_unless(not clash.exists(), _("编号“%(number)s”已被使用。") % {"number": number})


def _next_number(alliance: Alliance) -> str:
    taken = alliance.heritage.filter(number__startswith="L-").values_list("number", flat=True)
    highest = max((int(n[2:]) for n in taken if n[2:].isdigit()), default=0)
    return f"L-{highest + 1:03d}"


def _check(place: Place) -> None:
    refuse_unless(place.name_zh.strip(), _("请填写名称。"))
    refuse_unless(
        place.kind in Place.Kind.values, _("没有这一类型：%(code)s。") % {"code": place.kind}
    )
    refuse_unless(
        (place.longitude is None) == (place.latitude is None), _("经度和纬度请一并填写。")
    )
    if place.vacant_units is not None:
        fits = place.units is not None and place.vacant_units <= place.units
        refuse_unless(fits, _("空置间数不能多于房间数。"))
    line = list(Place.LINE)
    at = line.index(State(place.state))
    refuse_unless(at == 0 or place.grade, _("先定级，再进入后面的阶段。"))
    refuse_unless(
        at < line.index(State.WORKS) or place.intended_trade.strip(),
        _("施工前请写明修缮后打算做什么业态。"),
    )
    refuse_unless(
        at < line.index(State.IN_USE) or place.actual_use.strip(), _("请写明实际怎样使用。")
    )
    refuse_unless(place.part_of_id is None or place.part_of_id != place.pk, _("不能属于自己。"))
