"""A small catalogue and matters at every stage, as the desk's claims need them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.matters.actions import accept_assignment, dispatch_matter, report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts
from binglian.domain.matters.models import Category, Matter, Photo, Responsibility, Theme

PHONE = "13900001234"
CONTACT = ContactFacts(name="示例诉求人", phone=PHONE, consent_text="同意为办理使用联系方式。")


DESK = "/a/historic/matters/"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def done(client: Client, matter: Matter, act: str, **typed: Any) -> Matter:
    """Press the button of an act; the matter as it is afterwards."""
    response = client.post(f"{DESK}{matter.pk}/{act}/", typed)
    assert response.status_code == 302, response.content.decode()
    return Matter.objects.get(pk=matter.pk)


def seated(alliance: Alliance, name: str, role: Role, organisation: Organisation | None) -> User:
    """A new person with a seat."""
    user = User.objects.create(username=name, display_name=name, email=f"{name}@example.org")
    alliance.appointments.create(
        user=user, role=role.value, organisation=organisation, from_on=today()
    )
    return user


def drains_led_by(organisation: Organisation, alliance: Alliance) -> Category:
    """A category that the organisation answers for within five working days."""
    category = Category.objects.create(
        alliance=alliance,
        code="drains",
        name_zh="排水",
        name_en="Drains",
        keywords=["下水道", "积水", "堵塞"],
    )
    Responsibility.objects.create(category=category, organisation=organisation, period=5)
    return category


def reported(alliance: Alliance, text: str = "院里下水道堵塞，积水漫到门口。") -> Matter:
    """A report of somebody without an account, who left a telephone number."""
    facts = MatterFacts(text=text, address="示例路 3 号", contact=CONTACT)
    return report_matter(alliance=alliance, facts=facts, by=None).matter


def handled_by(
    organisation: Organisation, alliance: Alliance, secretariat: User, officer: User
) -> Matter:
    """A matter that the organisation has accepted."""
    matter = reported(alliance)
    category = drains_led_by(organisation, alliance)
    dispatch_matter(matter=matter, category=category, by=secretariat)
    accept_assignment(assignment=matter.assignments.get(), by=officer)
    return Matter.objects.get(pk=matter.pk)


def matter_samples(alliance: Alliance, giving: Organisation, by: User) -> dict[str, Any]:
    """A matter that the giving member is handling, with a picture, by the words routes use."""
    officer = alliance.appointments.get(role=Role.LIAISON.value, organisation=giving).user
    matter = handled_by(giving, alliance, by, officer)
    photo = Photo.objects.create(
        matter=matter, image=b"\xff\xd8", media_type="image/jpeg", width=1, height=1
    )
    theme = Theme.objects.create(
        alliance=alliance, month=today().replace(day=1), title="排水不畅", category=matter.category
    )
    theme.matters.add(matter)
    return {
        "matter_pk": matter.pk,
        "picture_pk": photo.pk,
        "theme_pk": theme.pk,
        "category_pk": matter.category_id,
        "entry_pk": matter.category.responsibilities.get().pk,
    }
