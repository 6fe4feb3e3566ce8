"""From the records to a briefing that was sent, and to its correction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.actions import notify
from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance
from binglian.domain.alliance.queries import people_with
from binglian.domain.governance.actions import ask_decision
from binglian.domain.indicators.briefing.composing import PARTS, Composition, compose
from binglian.domain.indicators.briefing.paper import paper_of
from binglian.domain.indicators.briefing.wording import FIRST_TEXTS, refuse_unknown
from binglian.domain.indicators.models import Briefing, BriefingVersion
from binglian.domain.indicators.periods import month
from binglian.domain.ledger.actions import record
from binglian.domain.ledger.chain import digest_of
from binglian.domain.refusals import refuse_unless

#: What the table of decisions calls it; an alliance that reserves it for nobody sends at once.
SENDING = "indicators.briefing"
#: Whose lines may be left out: not of what is stuck.
MAY_BE_SHORTER = ("done", "ahead", "cases")
_SENT = gettext_noop("“%(alliance)s”%(month)s 月度简报已报送。")
_REFUSED = gettext_noop("“%(alliance)s”%(month)s 月度简报未获牵头单位同意，已退回起草。")
_READERS = (Role.SECRETARIAT, Role.LEAD_A, Role.LEAD_B, Role.LIAISON)
State = Briefing.State


def start_briefing(*, alliance: Alliance, on: date, by: User) -> Briefing:
    """Begin the briefing of the month a day lies in, composed from what is known now.

    Raises
    ------
    PermissionDenied
        ``by`` writes no briefings here.
    ActionRefused
        The month has not begun, or its briefing has.
    """
    require_permission(by, Permission.WRITE_BRIEFING, within=alliance)
    as_of, period = now(), month(on)
    refuse_unless(period.first <= as_of.date(), _("这个月还没有开始。"))
    composition = compose(alliance, period, as_of)  # long reading stays outside the transaction
    with transaction.atomic():
        briefing, is_new = Briefing.objects.get_or_create(alliance=alliance, month=period.first)
        refuse_unless(is_new, _("这个月的简报已经有了。"))
        BriefingVersion.objects.create(
            briefing=briefing,
            number=1,
            composition=composition.as_json(),
            texts=FIRST_TEXTS,
            written_by=by,
        )
        record(by, "briefing.started", briefing, within=alliance, change={"month": str(period)})
    return briefing


def recompose_briefing(*, briefing: Briefing, by: User) -> Briefing:
    """Figures and lines as they are known now; what people wrote stays."""
    require_permission(by, Permission.WRITE_BRIEFING, within=briefing.alliance)
    composition = compose(briefing.alliance, briefing.period, now())
    with transaction.atomic():
        briefing = _draft(briefing, by)
        version = briefing.latest
        version.composition = composition.as_json()
        version.edition, version.written_by = version.edition + 1, by
        version.save()
        change = {"version": version.number, "as_of": composition.as_of.isoformat()}
        record(by, "briefing.composed", briefing, within=briefing.alliance, change=change)
    return briefing


@transaction.atomic
def write_briefing(
    *,
    briefing: Briefing,
    texts: Mapping[str, str],
    left_out: Collection[str],
    edition: int,
    by: User,
) -> Briefing:
    """Write about the parts; ``edition`` is the one the writer saw.

    Raises
    ------
    ActionRefused
        Somebody else has written since; a text names a figure that there is not; a line of what
        is stuck would be left out; the texts alone are longer than the whole paper may be.
    """
    briefing = _draft(briefing, by)
    version = briefing.latest
    refuse_unless(
        version.edition == edition,
        _("简报刚由别人改过。请先复制您写的内容，刷新页面后再补上。"),
    )
    composition = Composition.from_json(version.composition)
    kept = {name: texts.get(name, "").replace("\r\n", "\n").strip() for name in PARTS}
    for text in kept.values():
        refuse_unknown(text, composition)
    open_to_choice = {line.key for name in MAY_BE_SHORTER for line in composition.parts[name].lines}
    refuse_unless(
        set(left_out) <= open_to_choice, _("卡住的事项必须全部列出，其他条目才能选择不列。")
    )
    paper_of(briefing.alliance, composition, texts=kept, left_out=left_out)
    version.texts, version.left_out = kept, sorted(left_out)
    version.edition, version.written_by = version.edition + 1, by
    version.save()
    change = {"version": version.number, "digest": content_digest(version)}
    record(by, "briefing.written", briefing, within=briefing.alliance, change=change)
    return briefing


@transaction.atomic
def ask_briefing(*, briefing: Briefing, by: User) -> Briefing:
    """Have it sent: once the leads agree whom the alliance's table names, else at once."""
    briefing = _draft(briefing, by)
    briefing.state = State.ASKED
    briefing.save(update_fields=["state"])
    ask_decision(
        alliance=briefing.alliance,
        act=SENDING,
        object_ids=[briefing.pk],
        by=by,
        permission=Permission.WRITE_BRIEFING,
    )
    briefing.refresh_from_db()
    return briefing


@transaction.atomic
def correct_briefing(*, briefing: Briefing, by: User) -> Briefing:
    """Begin a further version of what was sent; until it is sent, the one before it stands."""
    briefing = _locked(briefing)
    require_permission(by, Permission.WRITE_BRIEFING, within=briefing.alliance)
    refuse_unless(briefing.state == State.SENT, _("已报送的简报才需要更正。"))
    before = briefing.latest
    BriefingVersion.objects.create(
        briefing=briefing,
        number=before.number + 1,
        composition=before.composition,
        texts=before.texts,
        left_out=before.left_out,
        written_by=by,
    )
    briefing.state = State.DRAFT
    briefing.save(update_fields=["state"])
    change = {"version": before.number + 1}
    record(by, "briefing.corrected", briefing, within=briefing.alliance, change=change)
    return briefing


@transaction.atomic
def send_briefing(*, briefing_id: int) -> Briefing:
    """The leads have agreed, or need not: everybody in the alliance may read it."""
    briefing = _locked(Briefing(pk=briefing_id))
    version = briefing.latest
    version.sent_at = now()
    version.save(update_fields=["sent_at"])
    briefing.state, briefing.sent = State.SENT, version
    briefing.save(update_fields=["state", "sent"])
    change = {"version": version.number, "digest": content_digest(version)}
    record(None, "briefing.sent", briefing, within=briefing.alliance, change=change)
    _tell(briefing, _SENT, people_with(briefing.alliance, *_READERS))
    return briefing


@transaction.atomic
def send_back_briefing(*, briefing_id: int) -> Briefing:
    """A lead has said no, or what was asked has lapsed: back to the writers."""
    briefing = _locked(Briefing(pk=briefing_id))
    if briefing.state == State.ASKED:
        briefing.state = State.DRAFT
        briefing.save(update_fields=["state"])
        record(None, "briefing.sent_back", briefing, within=briefing.alliance)
        _tell(briefing, _REFUSED, [briefing.latest.written_by])
    return briefing


def content_digest(version: BriefingVersion) -> str:
    """Another one as soon as anything of the version is other."""
    return digest_of(
        {
            "version": version.number,
            "composition": version.composition,
            "texts": version.texts,
            "left_out": version.left_out,
        }
    )


def _tell(briefing: Briefing, message: str, users: Iterable[User]) -> None:
    version = briefing.latest
    notify(
        users,
        key=f"briefing:{briefing.pk}:{version.number}:{version.edition}:{briefing.state}",
        message=message,
        facts={"alliance": briefing.alliance.name, "month": str(briefing.period)},
        url=briefing.path,
    )


def _locked(briefing: Briefing) -> Briefing:
    rows = Briefing.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("alliance").get(pk=briefing.pk)


def _draft(briefing: Briefing, by: User) -> Briefing:
    briefing = _locked(briefing)
    require_permission(by, Permission.WRITE_BRIEFING, within=briefing.alliance)
    refuse_unless(
        briefing.state == State.DRAFT,
        _("这份简报现在是“%(state)s”，不能修改。") % {"state": briefing.get_state_display()},
    )
    return briefing
