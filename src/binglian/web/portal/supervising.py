"""What the page «supervise this project» is made of.

Each section belongs to the room that knows its subject; `web/apps.py` lets it fill it once::

    fill("findings", template="checks/parts/public_findings.html", content=findings_of)

``content`` takes the project, reads its lists (``domain/together.py``: those of all rooms are
asked in one statement) and returns what the template is given beside ``project``, ``portal`` and
``request``; ``None`` while there is nothing to show, and then the section says in words what
will stand there. The template draws what comes below the heading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from binglian.domain.projects.models import Project
from binglian.domain.together import Reader, read_together

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Content = Callable[[Project], Reader[Mapping[str, Any] | None]]


@dataclass(frozen=True)
class Section:
    """One section: its anchor on the page, its heading, and its words while it is empty."""

    key: str
    title: str | StrPromise
    meanwhile: str | StrPromise


SECTIONS = (
    Section("open-days", _("开放日"), _("还没有定下开放日。定了在这里公布，谁都可以来看。")),
    Section("questions", _("公开答问"), _("还没有人问过。您来问第一个，责任单位公开答复。")),
    Section(
        "findings", _("检查与整改"), _("还没有公开的检查。查出的问题、限期和整改结果会列在这里。")
    ),
    Section("goods", _("捐赠与廉洁承诺"), _("还没有登记捐赠物资，也没有签过廉洁承诺。")),
)
_filled: dict[str, list[tuple[str, Content]]] = {section.key: [] for section in SECTIONS}


def fill(key: str, *, template: str, content: Content) -> None:
    """Let a section show what a room knows; what is filled first is shown first."""
    _filled[key].append((template, content))


@dataclass(frozen=True)
class Shown:
    """A section as the page of one project shows it."""

    section: Section
    parts: list[SafeString]


def sections_of(project: Project, request: HttpRequest) -> list[Shown]:
    """Every section, in order, with what its rooms have to show."""
    rooms = [(key, *room) for key, those in _filled.items() for room in those]
    given = read_together(*(content(project) for _key, _template, content in rooms))
    frame = {"project": project, "portal": project.alliance}
    parts: dict[str, list[SafeString]] = {section.key: [] for section in SECTIONS}
    for (key, template, _content), told in zip(rooms, given, strict=True):
        if told is not None:
            parts[key].append(render_to_string(template, {**frame, **told}, request))
    return [Shown(section, parts[section.key]) for section in SECTIONS]
