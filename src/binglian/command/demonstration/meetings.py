"""A held and a coming joint meeting, the rota, and last year's evaluation."""

from datetime import date, datetime, time, timedelta
from functools import partial

from django.utils.timezone import get_default_timezone

from binglian.domain.alliance.calendar import is_working_day
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.coupling.actions import judge_delivery, report_delivery
from binglian.domain.coupling.models import Commitment, Delivery
from binglian.domain.governance.actions import (
    accept_topic,
    add_agenda_item,
    answer_evaluation,
    ask_minutes,
    change_meeting_rules,
    convene_meeting,
    count_attendance,
    draw_up_evaluation,
    draw_up_rota,
    gather_agenda,
    offer_topic,
    prepare_meeting,
    remark_on,
    resolve,
    write_conclusion,
    write_summary,
)
from binglian.domain.governance.models import Meeting
from binglian.domain.governance.queries import may_remark, open_decision

from . import rounds
from .diary import Diary

_JIMO, _BUREAU = "即墨路街道", "城建局"
_PARKING, _DONGLI = "停车管理公司（示例）", "东里社区（示例）"
_MERCHANTS = "广兴里商户联合会（示例）"
_ON_DUTY = (_MERCHANTS, _PARKING, _DONGLI, _JIMO, _BUREAU, "中青建安建设集团")
#: What was spoken of: title, what was said, and what was resolved as (what, who, for whom, days).
_SPOKEN_OF = (
    (
        "夜间共享停车",
        "停车管理公司介绍了夜间闲置车位。各社区同意先在东里试行一个月。",
        ("夜间开放共享车位 30 个", _PARKING, _DONGLI, -20),
    ),
    (
        "外摆与消防通道",
        "商户联合会愿意统一外摆边线，街道负责划线。",
        ("划定广兴里外摆边线并告知商户", _JIMO, _MERCHANTS, -40),
    ),
    (
        "雨污混接点改造",
        "城建局已查明 6 处混接点，需分两批施工。",
        ("完成第一批 3 处雨污混接点改造", _BUREAU, _DONGLI, 30),
    ),
)
_TOPICS = (
    (_DONGLI, "里院电动车充电棚选址", "居民多次反映飞线充电，希望议定两处选址。"),
    (_MERCHANTS, "冬季夜市时间", "建议夜市提前到 20:30 结束，减少扰民。"),
)
#: Days ago on which the last meeting was held, and on which what it asked for was delivered.
_HELD, _DELIVERED = 75, 45
_REMARKS = ("按时到位，沟通顺畅。", "服务细致，居民满意。", "时间变动时能提前说明。")


def enter(alliance: Alliance, cast: rounds.Cast, diary: Diary) -> None:
    """Rules first, then the meeting that was held, the one to come, rota and evaluation."""
    held_on = _morning(diary.ago(_HELD), -1)
    diary.on(held_on.date() - timedelta(days=20), partial(_invite, alliance, cast, held_on))
    diary.on(held_on.date() + timedelta(days=2), partial(_hold, alliance, cast, diary))
    diary.on(diary.today, partial(_now, alliance, cast))


def _invite(alliance: Alliance, cast: rounds.Cast, starts_at: datetime) -> None:
    change_meeting_rules(alliance=alliance, place="街道党群服务中心三楼", by=cast.secretariat)
    held = prepare_meeting(alliance=alliance, starts_at=starts_at, by=cast.secretariat)
    for title, *_ in _SPOKEN_OF:
        add_agenda_item(meeting=held, title=title, by=cast.secretariat)
    convene_meeting(meeting=held, by=cast.secretariat)


def _now(alliance: Alliance, cast: rounds.Cast) -> None:
    secretariat = cast.secretariat
    draw_up_rota(
        alliance=alliance,
        organisations=[_named(name) for name in _ON_DUTY],
        starts_on=today(),
        months=1,
        by=secretariat,
    )
    _prepare(alliance, cast)
    _evaluate(alliance, cast)


def _hold(alliance: Alliance, cast: rounds.Cast, diary: Diary) -> None:
    """The last meeting: one of its resolutions is done, one overdue, one still running."""
    by, held = cast.secretariat, alliance.meetings.get()
    for title, said, (text, owner, receiver, days) in _SPOKEN_OF:
        item = held.items.get(title_zh=title)
        write_conclusion(item=item, text=said, version=0, by=by)
        resolve(
            meeting=held,
            item=item,
            text=text,
            owner=_named(owner),
            receiver=_named(receiver),
            due_on=diary.ago(-days),
            by=by,
        )
    write_summary(meeting=held, summary="研究停车、外摆和雨污混接三件事，议定三项。", by=by)
    members = alliance.memberships.filter(state="admitted").values_list("organisation", flat=True)
    present = {pk: 1 + pk % 2 for pk in members[:20]}
    count_attendance(meeting=held, present=dict(present), by=by)
    ask_minutes(meeting=held, by=by)
    decision = open_decision(alliance, "governance.minutes", held.pk)
    if decision:
        rounds.agree(decision, cast)
    done = Commitment.objects.get(origin=held.resolutions.get(number=2).origin)
    diary.on(diary.ago(_DELIVERED), partial(_deliver, done, cast))


def _deliver(done: Commitment, cast: rounds.Cast) -> None:
    delivery = report_delivery(
        commitment=done,
        quantity=done.quantity,
        delivered_on=today(),
        by=cast.of(done.giver),
    )
    verdict = Delivery.Verdict.MET.value
    judge_delivery(delivery=delivery, verdict=verdict, by=cast.of(done.receiver))


def _prepare(alliance: Alliance, cast: rounds.Cast) -> Meeting:
    """The next meeting: its agenda is gathered, one topic is accepted, one awaits an answer."""
    coming = prepare_meeting(
        alliance=alliance, starts_at=_morning(today() + timedelta(days=12), 1), by=cast.secretariat
    )
    for name, title, paper in _TOPICS:
        topic = offer_topic(
            alliance=alliance,
            organisation=_named(name),
            title=title,
            paper=paper,
            by=cast.officers[name],
        )
        if name == _DONGLI:
            accept_topic(topic=topic, word="请带上现场照片。", by=cast.secretariat)
    gather_agenda(meeting=coming, by=cast.secretariat)
    return coming


def _evaluate(alliance: Alliance, cast: rounds.Cast) -> None:
    """The past year: some have answered, and some have a line by those they dealt with."""
    evaluation = draw_up_evaluation(
        alliance=alliance,
        title="上一年度评议",
        from_on=today() - timedelta(days=365),
        until_on=today() - timedelta(days=1),
        answers_due_on=today() + timedelta(days=10),
        by=cast.secretariat,
    )
    sheets = list(evaluation.sheets.select_related("organisation"))
    for position, sheet in enumerate(sheets):
        partners = [one.organisation for one in sheets if may_remark(sheet, one.organisation)]
        for partner in partners[:1]:
            text = _REMARKS[position % len(_REMARKS)]
            remark_on(sheet=sheet, organisation=partner, text=text, by=cast.of(partner))
        is_tried_out = sheet.organisation.name in cast.tried_out
        if position % 2 and not is_tried_out:
            answer_evaluation(sheet=sheet, text="", by=cast.of(sheet.organisation))


def _named(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def _morning(day: date, step: int) -> datetime:
    """Half past nine on a day, or on the next working day in the direction of ``step``."""
    while not is_working_day(day):
        day += timedelta(days=step)
    return datetime.combine(day, time(9, 30), get_default_timezone())
