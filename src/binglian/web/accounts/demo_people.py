"""Who can be tried out in the demonstration; the sign-in page lists them only there."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

SOURCE = settings.PACKAGE / "command/demonstration/people.json"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One line of the table: the user name, whose role in which body it is, and what for."""

    username: str
    name: str
    comes_for: str


def demo_people() -> list[DemoPerson]:
    """The people of the demonstration in the reader's language; nobody outside demo mode."""
    if not settings.DEMO:
        return []
    ending = "_en" if (get_language() or "").startswith("en") else ""
    return [
        DemoPerson(
            username=person["username"],
            name=person[f"name{ending}"],
            comes_for=person[f"comes_for{ending}"],
        )
        for person in json.loads(SOURCE.read_text(encoding="utf-8"))
    ]
