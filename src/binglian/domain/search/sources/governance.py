"""Agreements with their clauses, decisions of the leads, what meetings resolved."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from binglian.domain.governance.models import (
    Agreement,
    AgreementVersion,
    Clause,
    Decision,
    Meeting,
    Resolution,
)
from binglian.domain.governance.queries import (
    decisions_visible_to,
    public_decisions,
    public_resolutions,
    resolutions_visible_to,
)
from binglian.domain.governance.queries.agreements import agreements_visible_to
from binglian.domain.publishing.striking import without_personal
from binglian.domain.search.source import Entry, Letter, Source, entry, some_of


def _of_agreement(row: Agreement) -> Iterator[Entry]:
    newest = max(row.versions.all(), key=lambda one: one.number, default=None)
    lines = [newest.preamble] if newest else []
    for clause in newest.clauses.all() if newest else []:
        lines += [clause.heading, clause.text, clause.heading_en, clause.text_en]
    yield entry([Letter.DESK], row.title, row.entered_at, *lines, title_en=row.title_en)


AGREEMENTS = Source(
    kind="agreement",
    label=_("协议"),
    model=Agreement,
    rows=lambda: Agreement.objects.prefetch_related("versions__clauses"),
    entries=_of_agreement,
    readable={Letter.DESK: some_of(agreements_visible_to)},
    public=None,
    order="entered_at",
    desk_page="agreements/{}/",
    watches={
        AgreementVersion: lambda row: [row.agreement_id],
        Clause: lambda row: [row.version.agreement_id],
    },
)


def _of_decision(row: Decision) -> Iterator[Entry]:
    with override("zh-hans"):
        title, lines = str(row), _changes(row)
    with override("en"):
        title_en, lines = str(row), [*lines, *_changes(row)]
    yield entry([Letter.DESK], title, row.asked_at, *dict.fromkeys(lines), title_en=title_en)
    if row.state == Decision.State.IN_FORCE:
        yield entry([Letter.PUBLIC], title, row.asked_at, title_en=title_en)


def _changes(row: Decision) -> list[str]:
    return [f"{one.label} {one.after}" for one in row.changes_in_words()]


DECISIONS = Source(
    kind="decision",
    label=_("决定"),
    model=Decision,
    rows=Decision.objects.all,
    entries=_of_decision,
    readable={Letter.DESK: some_of(decisions_visible_to)},
    public=lambda alliances: public_decisions(*alliances),
    order="asked_at",
    desk_page="decisions/{}/",
    public_page="decisions/",
)


def _of_resolution(row: Resolution) -> Iterator[Entry]:
    if row.meeting.state != Meeting.State.MINUTED:
        return
    yield entry([Letter.DESK], row.text, row.meeting.starts_at)
    yield entry([Letter.PUBLIC], without_personal(row.text), row.meeting.starts_at)


RESOLUTIONS = Source(
    kind="resolution",
    label=_("议定事项"),
    model=Resolution,
    rows=lambda: Resolution.objects.select_related("meeting"),
    entries=_of_resolution,
    readable={Letter.DESK: some_of(resolutions_visible_to)},
    public=lambda alliances: public_resolutions(*alliances),
    order="meeting__starts_at",
    alliance_of=lambda row: row.meeting.alliance_id,
    page_of=lambda row: row.meeting_id,
    desk_page="meetings/{}/",
    public_page="decisions/",
    watches={Meeting: lambda row: row.resolutions.order_by().values_list("pk", flat=True)},
)
