"""What a version says, and what differs between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from binglian.domain.governance.differences import Piece, word_differences

from .facts import TEXTS
from .models import AnnouncementVersion


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as one text with what went and what came."""

    label: Any
    pieces: list[Piece]


def content_of(version: AnnouncementVersion) -> dict[str, Any]:
    """Everything a reader of the version gets, in plain values."""
    pictures = version.illustrations.select_related("credit")
    return {name: getattr(version, name) for name in TEXTS} | {
        "is_statement": version.is_statement,
        "pictures": [
            [one.picture_id, one.alternative, one.caption, str(one.credit or "")]
            for one in pictures
        ],
    }


def version_changes(
    before: AnnouncementVersion | None, after: AnnouncementVersion
) -> list[FieldChange]:
    """The fields that differ; every field with words where there is nothing before."""
    old, new = (_told(one) if one else [] for one in (before, after))
    texts = {label: ["", ""] for label, _text in [*old, *new]}
    for side, told in enumerate((old, new)):
        for label, text in told:
            texts[label][side] = text
    return [
        FieldChange(label, word_differences(was, now))
        for label, (was, now) in texts.items()
        if was != now
    ]


def _told(version: AnnouncementVersion) -> list[tuple[str, str]]:
    rows = [(str(field.verbose_name), str(getattr(version, name))) for name, field in TEXTS.items()]
    rows.append((str(_("公开声明")), str(_("是")) if version.is_statement else ""))
    for one in version.illustrations.select_related("credit"):
        lines = [one.alternative, one.caption, str(one.credit or "")]
        label = str(_("图 %(number)s") % {"number": one.position})
        # Another picture with the same words is a change as well.
        lines.append(f"#{one.picture_id}")
        rows.append((label, "\n".join(line for line in lines if line)))
    return rows
