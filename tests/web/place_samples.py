"""One object of each kind that pages of places show."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.heritage.actions import (
    SpaceWish,
    add_file,
    add_guardian,
    apply_for_space,
    grade_place,
    save_place,
    save_space,
)
from binglian.domain.projects.actions import touch_place
from binglian.domain.projects.models import Project

PHONE = "13700001111"


def place_samples(
    alliance: Alliance, giving: Organisation, project: Project, by: User
) -> dict[str, Any]:
    """A public courtyard of the giving member with a file, a room to let and somebody asking."""
    place = save_place(alliance=alliance, by=by, name_zh="广兴里（示例）", is_public=True)
    place = grade_place(place=place, by=by, grade="historic", basis="示例〔2024〕1号")
    guardian = add_guardian(place=place, organisation=giving, role="owner", by=by)
    file = add_file(place=place, content=b"%PDF-1.7", caption_zh="测绘图", is_public=True, by=by)
    space = save_space(place=place, landlord=giving, by=by, area=Decimal(40))
    wish = SpaceWish(
        applicant="海边咖啡（示例）",
        trade="咖啡",
        consent_text="同意",
        contact={"name": "", "phone": PHONE, "email": ""},
    )
    application, secret = apply_for_space(space=space, wish=wish)
    touched = touch_place(project=project, place=place, changes=["repair"], by=by)
    return {
        "place_pk": place.pk,
        "guardian_pk": guardian.pk,
        "file_pk": file.pk,
        "space_pk": space.pk,
        "application_pk": application.pk,
        "touched_pk": touched.pk,
        "wish_secret": secret,
        "grade": "historic",
        "change": "exterior",
    }
