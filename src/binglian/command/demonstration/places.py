"""Courtyards of the demonstration: an inventory, rooms to let in them, and who asks for them."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, today
from binglian.domain.heritage.actions import (
    SpaceWish,
    add_file,
    apply_for_space,
    save_space,
    take_up_application,
)
from binglian.domain.heritage.models import Space
from binglian.domain.heritage.queries import landlords_of

from . import entering, rounds
from .files import DemonstrationFiles

_FILE = Path(__file__).resolve().parent / "places.json"
_CONSENT = "示例：同意为办理这份申请使用联系方式。"
_CONTACT = {"name": "示例", "phone": "0532-00000000"}
#: A courtyard from above: walls, gallery, yard; drawn, no photo of a real place.
_PICTURE = _FILE.with_name("historic") / "courtyard.png"


def enter(alliance: Alliance, files: DemonstrationFiles, by: User) -> None:
    """The inventory, as any spreadsheet comes in."""
    entering.bring_in(alliance, "places", files.rows(alliance.slug, "places"), by)


def let(alliance: Alliance, cast: rounds.Cast) -> None:
    """Rooms on the list, three applications, one of them taken up; pictures in the file."""
    facts = json.loads(_FILE.read_text(encoding="utf-8"))
    spaces = {one["place"]: _space(alliance, one, cast) for one in facts["spaces"]}
    for one in facts["applications"]:
        _apply(spaces[one["space"]], one, cast)
    for one in facts["pictures"]:
        add_file(
            place=alliance.heritage.get(number=one["place"]),
            content=_PICTURE.read_bytes(),
            caption_zh=one["zh"],
            caption_en=one["en"],
            is_public=True,
            by=cast.secretariat,
        )


def _space(alliance: Alliance, facts: dict[str, Any], cast: rounds.Cast) -> Space:
    place = alliance.heritage.get(number=facts["place"])
    landlord = landlords_of(place).order_by("pk")[0]
    return save_space(
        place=place,
        landlord=landlord,
        by=cast.of(landlord),
        area=Decimal(facts["area"]),
        floor=facts["floor"],
        rent=Decimal(facts["rent"]),
        trades=facts["trades"],
        conditions=facts["conditions"],
        available_on=today() + timedelta(days=facts["days"]),
    )


def _apply(space: Space, facts: dict[str, Any], cast: rounds.Cast) -> None:
    wish = SpaceWish(
        applicant=facts["applicant"],
        trade=facts["trade"],
        text=facts["text"],
        consent_text=_CONSENT,
        contact=_CONTACT,
    )
    application, _token = apply_for_space(space=space, wish=wish)
    if facts.get("is_taken_up"):
        take_up_application(
            application=application,
            on_behalf=space.place.alliance.lead_b,
            by=cast.secretariat,
        )
