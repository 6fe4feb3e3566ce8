"""Who may read what, written from the table of roles and the promises to the public, not from code.

A member of an alliance, whatever the seat, reads what the alliance has on its desk; the exceptions
stand in ``FOR_FEW``. Who has no seat reads what ``FOR_ALL`` says, under its condition. Everything
else is nobody's to read on a page that is only opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Rule = Callable[["Person", Any], bool]

#: Subjects whose rows lie on the desk of an alliance.
DESK = {
    *("alliance", "governance", "coupling", "heritage", "projects", "matters", "openness"),
    *("checks", "newsroom", "indicators", "places", "clients"),
}


@dataclass(frozen=True)
class Seat:
    """A role, in the alliance with the marked rows or in another, now or at another time."""

    role: str
    organisation: int | None
    is_here: bool
    is_now: bool


@dataclass(frozen=True)
class Person:
    platform_role: str
    seats: tuple[Seat, ...]

    def holds(self, *roles: str, organisations: set[int | None] | None = None) -> bool:
        """Whether one of the present seats here is one of ``roles``, for one of these bodies."""
        return any(
            seat.is_here
            and seat.is_now
            and (seat.role in roles or not roles)
            and (organisations is None or seat.organisation in organisations)
            for seat in self.seats
        )


def members(person: Person, _row: Any) -> bool:
    return bool(person.platform_role) or person.holds()


def few(*roles: str, own: Callable[[Any], set[int | None]] | None = None) -> Rule:
    """Those roles here or on the platform; liaison officers of the organisations of ``own``."""

    def rule(person: Person, row: Any) -> bool:
        if person.platform_role in roles or person.holds(*roles):
            return True
        return own is not None and person.holds("liaison", organisations=own(row))

    return rule


def nobody(_person: Person, _row: Any) -> bool:
    return False


def those_who_handle(person: Person, row: Any) -> bool:
    """The secretariat, the review desk, auditors; organisations that handle or were called."""
    matter = getattr(row, "matter", row)
    concerned = {one.organisation_id for one in matter.assignments.all()}
    for whistle in matter.whistles.all():
        concerned |= {whistle.organisation_id}
        concerned |= {call.organisation_id for call in whistle.calls.all()}
    if person.platform_role == "auditor" or person.holds("secretariat", "reviewer"):
        return True
    return person.holds("liaison", "worker", "street", organisations=concerned)


def _drafts(person: Person, row: Any) -> bool:
    announcement = getattr(row, "announcement", None) or row.version.announcement
    writers = {announcement.organisation_id}
    return few("secretariat", "lead_a", "lead_b", "auditor", own=lambda _row: writers)(person, row)


def _once_minuted(person: Person, row: Any) -> bool:
    meeting = getattr(row, "meeting", row)
    return members(person, row) if meeting.state == "minuted" else person.holds("secretariat")


MANAGERS = few("secretariat", "administrator")
#: By model, or by field where fields differ; what is not named is for members.
FOR_FEW: dict[str, Rule] = {
    "alliance.application": MANAGERS,
    "alliance.invitation": MANAGERS,
    "alliance.importdraft": nobody,  # its own author's
    "checks.signup": few("secretariat", own=lambda row: {row.open_day.project.owner_id}),
    "checks.supervisornomination": lambda person, row: (
        MANAGERS(person, row)
        or person.holds("liaison", "worker", organisations={row.organisation_id})
    ),
    "clients.apiclient": few(
        "secretariat", "administrator", own=lambda row: {row.organisation_id} - {None}
    ),
    "clients.webhook": few(
        "secretariat", "administrator", own=lambda row: {row.organisation_id} - {None}
    ),
    "clients.webhookmessage": MANAGERS,
    "coupling.helpapplication": few("secretariat", own=lambda row: {row.need.organisation_id}),
    "coupling.scenario": few("secretariat", "lead_a", "lead_b", "auditor"),
    "coupling.savedfilter": few("secretariat"),
    "governance.agendaitem.conclusion": _once_minuted,
    "governance.meeting.summary": _once_minuted,
    "governance.resolution": _once_minuted,
    "governance.evaluationsheet": few("secretariat", own=lambda row: {row.organisation_id}),
    "heritage.spaceapplication": few(
        "secretariat", own=lambda row: {row.space.offer.organisation_id}
    ),
    "indicators.display": few("secretariat"),
    "matters.matter": those_who_handle,
    "matters.assignment": those_who_handle,
    "matters.matterevent": those_who_handle,
    "matters.photo": those_who_handle,
    "matters.contact": nobody,  # behind a button, and each look is on record
    "newsroom.announcementversion": _drafts,
    "newsroom.illustration": _drafts,
    "newsroom.newsimport": MANAGERS,
    "openness.informationrequest": few("secretariat"),
    # Members read what was asked in public; what waits for review, or was shelved, few.
    "openness.projectquestion": lambda person, row: (
        members(person, row)
        if _is_public_question(row)
        else few("secretariat", own=lambda one: {one.project.owner_id})(person, row)
    ),
    "openness.subscription": nobody,
}


def _is_public_project(project: Any) -> bool:
    return bool(project.is_public) and project.state in ("baselined", "running", "finished")


def _has_public_place(row: Any) -> bool:
    return bool(row.is_public and row.place.is_public)


def _is_public_question(row: Any) -> bool:
    return row.state in ("open", "answered")


#: By model: fields everybody reads, and of which rows.
FOR_ALL: dict[str, tuple[set[str], Callable[[Any], bool]]] = {
    "alliance.alliance": ({"name", "name_en", "description", "description_en"}, lambda _row: True),
    "alliance.organisation": ({"name", "name_en"}, lambda _row: True),
    "checks.contract": (
        {"digest", "number", "subject", "title"},
        lambda row: _is_public_project(row.project),
    ),
    "checks.integritypromise": ({"text"}, lambda row: row.state == "published"),
    "checks.donation": ({"receipt_number"}, lambda row: _is_public_project(row.project)),
    "checks.donatedgood": ({"item", "unit"}, lambda row: _is_public_project(row.donation.project)),
    "checks.openday": (
        {"title_zh", "title_en", "meet_at", "notes", "notes_en", "reason", "record_zh"},
        lambda row: _is_public_project(row.project),
    ),
    "checks.finding": (
        {"what", "place"},
        lambda row: row.is_public and _is_public_project(row.project),
    ),
    "checks.observation": ({"text", "answer"}, lambda row: row.is_public),
    "coupling.offer": (
        {"title", "unit", "place", "number"},
        lambda row: hasattr(row, "space") and _has_public_place(row.space),
    ),
    "heritage.place": (
        {
            *("number", "name_zh", "name_en", "address", "built", "structure", "history"),
            *("grade_basis", "key_parts", "intended_trade", "actual_use", "history_en"),
        },
        lambda row: row.is_public,
    ),
    "heritage.placefile": ({"caption_zh", "caption_en"}, _has_public_place),
    "heritage.space": ({"floor"}, _has_public_place),
    "matters.category": (
        {"code", "name_zh", "name_en", "group_zh", "group_en", "hint_zh", "hint_en"},
        lambda _row: True,
    ),
    "matters.matter": (
        {"number", "public_text", "address", "courtyard"},
        lambda row: row.visibility == "public",
    ),
    "matters.matterevent": ({"what"}, lambda row: row.matter.visibility == "public"),
    "matters.photo": (
        {"alternative"},
        lambda row: row.is_public and row.matter.visibility == "public",
    ),
    "newsroom.announcementversion": (
        {
            *("title", "summary", "body", "title_en", "summary_en", "body_en"),
            *("source", "source_url"),
        },
        lambda row: row.announcement.shown_id == row.pk,
    ),
    "newsroom.illustration": (
        {"alternative", "caption"},
        lambda row: row.version.announcement.shown_id == row.version_id,
    ),
    "openness.informationrequest": (
        {"number", "answer", "public_text"},
        lambda row: row.state == "public",
    ),
    "openness.projectquestion": ({"number", "answer", "public_text"}, _is_public_question),
    "projects.project": (
        {"number", "title_zh", "title_en", "place", "description"},
        _is_public_project,
    ),
    "projects.task": (
        {"title_zh", "title_en", "code", "number", "group"},
        lambda row: _is_public_project(row.project),
    ),
    "projects.plannedtask": (
        {"reason_zh", "reason_en"},
        lambda row: _is_public_project(row.task.project),
    ),
}


def may_read(person: Person, field: str, row: Any) -> bool:
    """``field`` is ``app.model.field``; ``row`` as the database holds it now."""
    model, _dot, name = field.rpartition(".")
    shown, condition = FOR_ALL.get(model, (set(), nobody))
    if name in shown and condition(row):
        return True
    if model.partition(".")[0] not in DESK:
        return False
    rule = FOR_FEW.get(field) or FOR_FEW.get(model) or members
    return rule(person, row)
