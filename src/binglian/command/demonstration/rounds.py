"""One coupling round: worked out, approved by both leads, answered, delivered, judged."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import partial

from binglian.domain.accounts.models import User
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.coupling.actions import (
    accept_commitment,
    ask_publication,
    ask_run,
    begin_run,
    decline_commitment,
    explain_commitment,
    finish_run,
    judge_delivery,
    note_findings,
    report_delivery,
)
from binglian.domain.coupling.engine_adapter import (
    Snapshot,
    multiplier_of,
    run_engine,
    wishes_of,
)
from binglian.domain.coupling.models import Commitment, CouplingRun, Delivery
from binglian.domain.governance.actions import answer_decision
from binglian.domain.governance.models import Decision, Lead

from .diary import Diary

SECONDS = 4
MULTIPLIER_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in an alliance; ``officers`` by organisation name.

    ``tried_out``: the organisations for which somebody signs in to the demonstration.
    """

    secretariat: User
    lead_a: User
    lead_b: User
    officers: dict[str, User]
    tried_out: frozenset[str]

    def of(self, organisation: Organisation) -> User:
        return self.officers[organisation.name]


def work_out(
    alliance: Alliance, title: str, cast: Cast, on: date, round: str = "monthly"
) -> CouplingRun:
    """A run over the lists as they stood on a day, with what would help most."""
    run = ask_run(
        alliance=alliance,
        by=cast.secretariat,
        round=round,
        period=on.strftime("%Y" if round == "annual" else "%Y-%m"),
        title=title,
        seconds=SECONDS,
    )
    begin_run(run_id=run.pk)
    snapshot = Snapshot(alliance, on)
    outcome = run_engine(
        snapshot,
        seconds=SECONDS,
        seed=run.seed,
        progress=lambda _seen: None,
        should_stop=lambda: False,
    )
    run = finish_run(run_id=run.pk, outcome=outcome)
    wishes = wishes_of(snapshot, outcome.result)
    multiplier = multiplier_of(snapshot, seed=run.seed, seconds=MULTIPLIER_SECONDS)
    note_findings(run_id=run.pk, wishes=wishes, multiplier=multiplier)
    run.refresh_from_db()
    return run


def publish(run: CouplingRun, cast: Cast) -> None:
    """The secretariat asks, both leads agree."""
    agree(ask_publication(run=run, by=cast.secretariat), cast)


def agree(decision: Decision, cast: Cast) -> None:
    """Both leads say yes."""
    answer_decision(decision=decision, lead=Lead.A, is_yes=True, by=cast.lead_a)
    answer_decision(decision=decision, lead=Lead.B, is_yes=True, by=cast.lead_b)


def carry_through(
    diary: Diary, alliance: Alliance, title: str, cast: Cast, *, is_one_overdue: bool
) -> None:
    """A round worked out today, and noted until all of it is judged but what is overdue."""
    run = work_out(alliance, title, cast, today())
    published = partial(_answer, diary, run, cast, is_one_overdue=is_one_overdue)
    diary.on(today() + timedelta(days=2), published)


def _answer(diary: Diary, run: CouplingRun, cast: Cast, *, is_one_overdue: bool) -> None:
    publish(run, cast)
    began = today() + timedelta(days=_ANSWERED)
    rows = run.commitments.select_related(*_BOTH_SIDES)
    commitments = sorted(rows, key=lambda one: (one.due_on or date.min, one.pk))
    missed = [one for one in commitments if one.due_on and one.due_on < diary.today]
    tried_out = [one for one in missed if one.giver.name in cast.tried_out]
    overdue = tried_out[-1] if is_one_overdue else None
    # What is promised is delivered day after day until lately.
    pace = (diary.ago(_LATELY) - began) / max(len(commitments), 1)
    for position, commitment in enumerate(commitments):
        on = began + pace * position
        promise = _Promise(commitment, cast, on, is_late=position % 6 == 4)
        answered_on = began - timedelta(days=position % 4)
        if commitment == overdue:
            diary.on(answered_on, promise.accept_without_a_day)
        elif position == 5:
            diary.on(answered_on, partial(promise.decline, _DECLINED[is_one_overdue]))
        elif position == 9 and not is_one_overdue:
            diary.on(answered_on, promise.accept)
            diary.on(on, promise.explain)
        else:
            verdict = Delivery.Verdict.PARTLY if position == 7 else Delivery.Verdict.MET
            diary.on(answered_on, promise.accept)
            diary.on(on, promise.deliver_in_part if position == 7 else promise.deliver)
            diary.on(on + timedelta(days=2), partial(promise.judge, verdict))


@dataclass(frozen=True, slots=True)
class _Promise:
    """One commitment of a finished round, and the day on which it is delivered."""

    commitment: Commitment
    cast: Cast
    on: date
    is_late: bool

    def accept_without_a_day(self) -> None:
        accept_commitment(commitment=self.commitment, by=self._giver)

    def accept(self) -> None:
        """For a day soon after it will be delivered; now and then for one before."""
        day = self.on + timedelta(days=-3 if self.is_late else 2)
        day = min(filter(None, (self.commitment.due_on, max(day, today()))))
        accept_commitment(commitment=self.commitment, by=self._giver, due_on=day)

    def decline(self, why: str) -> None:
        decline_commitment(commitment=self.commitment, by=self._giver, why=why)

    def explain(self) -> None:
        explain_commitment(commitment=self.commitment, by=self._giver, why=_EXPLAINED)

    def deliver(self) -> None:
        _deliver(self.commitment, self.cast)

    def deliver_in_part(self) -> None:
        _deliver(self.commitment, self.cast, Decimal("0.6"))

    def judge(self, verdict: Delivery.Verdict) -> None:
        remark = _WORDS.get(self.commitment.title, ("", ""))[1] or _REMARK[verdict]
        judge_delivery(
            delivery=self.commitment.deliveries.get(),
            verdict=verdict.value,
            by=self.cast.of(self.commitment.receiver),
            note=_REMARK[verdict] if verdict == Delivery.Verdict.PARTLY else remark,
        )

    @property
    def _giver(self) -> User:
        return self.cast.of(self.commitment.giver)


def begin(diary: Diary, alliance: Alliance, title: str, cast: Cast) -> None:
    """A round worked out and published; what has been answered by now is noted."""
    run = work_out(alliance, title, cast, diary.today)
    publish(run, cast)
    diary.on(diary.ago(1), partial(begin_round, run, cast, diary.today))


def begin_round(run: CouplingRun, cast: Cast, today: date) -> None:
    """Some have answered, one has delivered, the others are still asked."""
    by_giver: dict[str, list[Commitment]] = defaultdict(list)
    for commitment in run.commitments.select_related(*_BOTH_SIDES).order_by("due_on", "pk"):
        by_giver[commitment.giver.name].append(commitment)
    delivered_to: set[str] = set()
    soon: set[str] = set()
    declined = 0
    for position, name in enumerate(sorted(by_giver)):
        # One promise of each giver falls due early: this week for some, later for others.
        early = today + timedelta(days=2 + 2 * position)
        for commitment in by_giver[name][: (len(by_giver[name]) + 1) // 2]:
            giver, receiver = cast.of(commitment.giver), commitment.receiver.name
            if position % 7 == 3 and declined < 2:
                declined += 1
                decline_commitment(commitment=commitment, by=giver, why=_DECLINED[declined % 2])
                continue
            is_soon = name not in soon and commitment.due_on and commitment.due_on > early
            due_on = early if is_soon else None
            accept_commitment(commitment=commitment, by=giver, due_on=due_on)
            if due_on:
                soon.add(name)
            elif receiver not in delivered_to and len(delivered_to) < 6:
                delivered_to.add(receiver)
                _deliver(commitment, cast)


_BOTH_SIDES = ("offer__organisation", "offer__alliance", "component__need__organisation")
_DECLINED = ("该时段已另有安排，下月可以提供。", "设备正在检修，本期无法借出。")
_EXPLAINED = "持续降雨，现场不具备施工条件，已与需求单位另约时间。"
_PARTLY = "人员临时调整，只到了一部分。"
#: Title → what the giver and what the receiver had to say of a delivery.
_WORDS = {
    "外廊木梁结构查看": (
        "查看四个院的外廊，两根木梁开裂，已写明临时支顶办法。",
        "当天就知道哪根能走、哪根要支，商户照做，没有停业。",
    ),
    "承租人变更法律咨询": (
        "两个下午接待二十户，多数是父母过世后未更名。",
        "材料清单一次说清，已有九户办完变更。",
    ),
    "商户租约纠纷咨询": (
        "逐户看了租约，三户的续租条款写得不清。",
        "六户与房东谈妥，没有一户打官司。",
    ),
    "老人健康讲座": (
        "讲了颈椎和血压，当场量血压五十余人。",
        "居民问冬天能不能再来一次，已列入下一轮需求。",
    ),
    "雨水管更换登高作业": (
        "三天换完十一处，两处改用铸铁管。",
        "下了一场大雨，六个院没有再漏。",
    ),
    "清水墙修缮样板指导": (
        "做了两面样板墙，灰缝配比写成一页纸。",
        "施工队照样板做，返工少了。",
    ),
    "楼道照明微更新": (
        "换感应灯四十盏，线路一并理顺。",
        "夜里上楼看得见了，老人不再打手电。",
    ),
    "东里居民夜间停车": (
        "十六个车位晚七点开放，已登记车牌。",
        "消防通道空出来了，接孩子的也停得下。",
    ),
}
#: Days until the last answer of a finished round; and days ago of its last delivery.
_ANSWERED, _LATELY = 6, 6
_REMARK = {
    Delivery.Verdict.MET: "按时到位，居民满意。",
    Delivery.Verdict.PARTLY: "基本满足，缺的部分下一轮再提。",
}


def _deliver(commitment: Commitment, cast: Cast, share: Decimal = Decimal(1)) -> Delivery:
    quantity = commitment.quantity * share
    if share < 1:
        quantity = max(Decimal(1), quantity.to_integral_value(ROUND_FLOOR))
    return report_delivery(
        commitment=commitment,
        quantity=min(quantity, commitment.quantity),
        delivered_on=today(),
        by=cast.of(commitment.giver),
        note=_PARTLY if share < 1 else _WORDS.get(commitment.title, ("", ""))[0],
    )
