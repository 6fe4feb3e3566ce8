"""The whistle (吹哨报到): called by a sub-district, signed by its leader, judged by both sides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Organisation
from binglian.domain.alliance.queries import admitted_organisations, liaison_officers
from binglian.domain.matters.engine_adapter import due
from binglian.domain.matters.models import Matter, Whistle, WhistleCall
from binglian.domain.matters.queries.rules import matter_rules_of
from binglian.domain.refusals import refuse_unless

from .steps import locked, note_step, require_for_seat, tell

State, Kind = Whistle.State, Whistle.Kind
_TO_SIGN = gettext_noop("诉求 %(number)s 拟吹哨，请审签。")
_BLOWN = gettext_noop("%(who)s就诉求 %(number)s 吹哨，请于 %(until)s 前到%(place)s报到。")
_NOT_SIGNED = gettext_noop("诉求 %(number)s 的吹哨未获签发。")
_RESULT = gettext_noop("%(who)s已反馈诉求 %(number)s 的处置结果，请评价。")


@transaction.atomic
def draft_whistle(
    *,
    matter: Matter,
    organisation: Organisation,
    kind: str,
    reason: str,
    meet_at: str,
    calls: Iterable[Organisation],
    by: User,
) -> Whistle:
    """A sub-district wants others at a matter beyond its powers; its leader decides.

    Raises
    ------
    PermissionDenied
        ``by`` does not speak for the sub-district.
    ActionRefused
        Not a sub-district, nobody called, itself called, no reason, or one is under way.
    """
    matter = locked(matter)
    require_for_seat(by, Permission.WHISTLE, matter, organisation)
    is_street = organisation.kind == Organisation.Kind.SUBDISTRICT
    refuse_unless(is_street, _("只有街道可以吹哨。"))
    refuse_unless(matter.is_open, _("该诉求已不在办理中。"))
    refuse_unless(kind in Kind, _("请选择吹哨类型。"))
    refuse_unless(reason.strip(), _("请写明需要协同解决的问题。"))
    refuse_unless(meet_at.strip(), _("请写明集合地点。"))
    called = list(dict.fromkeys(calls))
    refuse_unless(called, _("请选择应哨单位。"))
    refuse_unless(organisation not in called, _("不能向自己吹哨。"))
    members = set(admitted_organisations(matter.alliance).values_list("pk", flat=True))
    for one in called:
        refuse_unless(one.pk in members, _("“%(name)s”不是本联盟成员。") % {"name": one.name})
    running = matter.whistles.filter(state__in=[State.DRAFTED, State.BLOWN])
    refuse_unless(not running.exists(), _("该诉求已有吹哨在进行中。"))
    whistle = Whistle.objects.create(
        matter=matter,
        organisation=organisation,
        kind=kind,
        reason=reason.strip(),
        meet_at=meet_at.strip(),
        drafted_by=by,
        drafted_at=now(),
    )
    arrive_by, result_due_at = _times(whistle)
    for one in called:
        WhistleCall.objects.create(
            whistle=whistle, organisation=one, arrive_by=arrive_by, result_due_at=result_due_at
        )
    note_step(matter, "whistle_drafted", by, organisation=organisation, is_public=False)
    seats = matter.alliance.appointments.current().filter(
        role=Role.STREET_LEADER.value, organisation=organisation
    )
    leaders = User.objects.filter(pk__in=seats.values("user"), is_active=True)
    tell(matter, leaders, key=f"sign:{whistle.pk}", message=_TO_SIGN)
    return whistle


@transaction.atomic
def sign_whistle(*, whistle: Whistle, is_yes: bool, by: User) -> Whistle:
    """The sub-district's leader blows it, or not (签发); times run from the signature."""
    matter = locked(whistle.matter)
    whistle = Whistle.objects.select_related("organisation").get(pk=whistle.pk)
    require_for_seat(by, Permission.SIGN_WHISTLE, matter, whistle.organisation)
    refuse_unless(whistle.state == State.DRAFTED, _("该吹哨已审签。"))
    refuse_unless(whistle.drafted_by != by, _("不能签发自己起草的吹哨。"))
    whistle.signed_by, whistle.signed_at = by, now()
    whistle.state = State.BLOWN if is_yes else State.WITHDRAWN
    whistle.save(update_fields=["signed_by", "signed_at", "state"])
    street = whistle.organisation
    if not is_yes:
        note_step(matter, "whistle_withdrawn", by, organisation=street, is_public=False)
        tell(matter, [whistle.drafted_by], key=f"unsigned:{whistle.pk}", message=_NOT_SIGNED)
        return whistle
    arrive_by, result_due_at = _times(whistle)
    whistle.calls.update(arrive_by=arrive_by, result_due_at=result_due_at)
    note_step(matter, "whistle_blown", by, organisation=street)
    for call in whistle.calls.select_related("organisation"):
        tell(
            matter,
            liaison_officers(matter.alliance, call.organisation),
            key=f"whistle:{call.pk}",
            message=_BLOWN,
            who=street.name,
            until=f"{localtime(arrive_by):%Y-%m-%d %H:%M}",
            place=whistle.meet_at,
        )
    return whistle


@transaction.atomic
def arrive(*, call: WhistleCall, by: User) -> WhistleCall:
    """The organisation called is on the spot (报到)."""
    matter, call = _called(call, by)
    refuse_unless(call.arrived_at is None, _("已报到。"))
    call.arrived_at = now()
    call.save(update_fields=["arrived_at"])
    note_step(matter, "arrived", by, organisation=call.organisation)
    return call


@transaction.atomic
def report_result(*, call: WhistleCall, text: str, by: User) -> WhistleCall:
    """What it did there (反馈)."""
    matter, call = _called(call, by)
    refuse_unless(call.arrived_at is not None, _("请先报到。"))
    refuse_unless(call.result_at is None, _("已反馈处置结果。"))
    refuse_unless(text.strip(), _("请写明处置结果。"))
    call.result, call.result_at = text.strip(), now()
    call.save(update_fields=["result", "result_at"])
    note_step(matter, "result_reported", by, organisation=call.organisation)
    street = liaison_officers(matter.alliance, call.whistle.organisation)
    tell(matter, street, key=f"result:{call.pk}", message=_RESULT, who=call.organisation.name)
    return call


@transaction.atomic
def judge_call(*, call: WhistleCall, verdict: str, by: User, note: str = "") -> WhistleCall:
    """The sub-district on who was called, once the result is there or its time is over (评价)."""
    matter, call = _locked_call(call)
    require_for_seat(by, Permission.WHISTLE, matter, call.whistle.organisation)
    refuse_unless(call.whistle.state == State.BLOWN, _("该吹哨不在进行中。"))
    is_due = call.result_at is not None or now() > call.result_due_at
    refuse_unless(is_due, _("反馈期限未到，请等待处置结果。"))
    _check_verdict(verdict, note)
    refuse_unless(not call.verdict, _("已评价。"))
    call.verdict, call.verdict_note = verdict, note.strip()[:200]
    call.save(update_fields=["verdict", "verdict_note"])
    note_step(matter, "judged", by, organisation=call.organisation, is_public=False)
    if not call.whistle.calls.filter(verdict="").exists():
        call.whistle.state = State.ENDED
        call.whistle.save(update_fields=["state"])
        note_step(matter, "whistle_ended", by, organisation=call.whistle.organisation)
    return call


@transaction.atomic
def judge_whistler(*, call: WhistleCall, verdict: str, by: User, note: str = "") -> WhistleCall:
    """Who was called on the sub-district: was it a hard matter, well prepared? (互评)"""
    matter, call = _locked_call(call)
    require_for_seat(by, Permission.HANDLE_MATTERS, matter, call.organisation)
    refuse_unless(call.result_at is not None, _("请先反馈处置结果。"))
    _check_verdict(verdict, note)
    refuse_unless(not call.verdict_on_whistler, _("已评价。"))
    call.verdict_on_whistler, call.verdict_on_whistler_note = verdict, note.strip()[:200]
    call.save(update_fields=["verdict_on_whistler", "verdict_on_whistler_note"])
    note_step(matter, "whistler_judged", by, organisation=call.organisation, is_public=False)
    return call


def _times(whistle: Whistle) -> tuple[datetime, datetime]:
    """By when to be on the spot, and by when to report the result, counted from now."""
    start = now()
    times = matter_rules_of(whistle.matter.alliance).whistle_times(whistle.kind)
    return start + timedelta(hours=times.hours), due(start, times.period, times.clock).at


def _locked_call(call: WhistleCall) -> tuple[Matter, WhistleCall]:
    matter = locked(call.whistle.matter)
    rows = WhistleCall.objects.select_related("whistle__organisation", "organisation")
    return matter, rows.get(pk=call.pk)


def _called(call: WhistleCall, by: User) -> tuple[Matter, WhistleCall]:
    matter, call = _locked_call(call)
    require_for_seat(by, Permission.HANDLE_MATTERS, matter, call.organisation)
    refuse_unless(call.whistle.state == State.BLOWN, _("该吹哨不在进行中。"))
    return matter, call


def _check_verdict(verdict: str, note: str) -> None:
    refuse_unless(verdict in WhistleCall.Verdict, _("请选择评价。"))
    is_good = verdict == WhistleCall.Verdict.GOOD
    refuse_unless(is_good or note.strip(), _("请写明哪里不到位，对方会看到。"))
