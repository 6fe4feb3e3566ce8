"""A co-building agreement that all members signed, and a charter that some are still to sign."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import now

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.actions import appoint
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.governance.actions import (
    accede,
    answer_comment,
    ask_to_freeze,
    comment_on,
    decline_agreement,
    open_comments,
    save_pledge,
    sign_agreement,
    start_agreement,
)
from binglian.domain.governance.models import AgreementVersion, Signature
from binglian.domain.governance.queries.agreements import signing_words
from binglian.domain.governance.step_up import StepUp

from . import rounds

_LATE = "银行支行（示例）"
#: clause, who promises whom, what (in both languages), target, days from now
_PLEDGES = (
    (5, "停车管理公司（示例）", "东里社区（示例）", "夜间共享停车位开放", "Night parking opened",
     "每晚不少于 30 个", 120),
    (4, "律师事务所（示例）", "中里社区（示例）", "居民法律咨询", "Legal advice for residents",
     "每月 1 场，全年 12 场", 300),
    (3, "青年创客空间（示例）", "广兴里商户联合会（示例）", "老字号联名设计",
     "Designs with old firms", "全年不少于 4 款", 270),
    (4, "社区卫生服务中心（示例）", "西里社区（示例）", "上门健康义诊", "Health visits at home",
     "每季度 1 次", 90),
    (6, "志愿服务协会（示例）", "即墨路街道", "里院清扫志愿队", "Volunteer team for courtyards",
     "每月 2 次，每次不少于 15 人", 180),
)  # fmt: skip


def enter(alliance: Alliance, cast: rounds.Cast, administrator: User) -> None:
    """Every officer may sign as well, so that signing can be tried out."""
    members = list(admitted_organisations(alliance))
    for organisation in members:
        appoint(
            alliance=alliance,
            user=cast.of(organisation),
            role=Role.SIGNATORY,
            organisation=organisation,
            by=administrator,
        )
    _signed_agreement(alliance, members, cast)
    _charter_to_sign(alliance, members, cast)


def _signed_agreement(alliance: Alliance, members: list[Organisation], cast: rounds.Cast) -> None:
    year = today() + timedelta(days=365)
    version = start_agreement(
        alliance=alliance,
        kind="cobuilding",
        by=cast.secretariat,
        title="历史城区片区共建协议",
        title_en="Co-building agreement of the historic district",
        from_on=today(),
        until_on=year,
    )
    by_name = {one.name: one for one in members}
    for number, giver, receiver, title, title_en, target, days in _PLEDGES:
        save_pledge(
            clause=version.clauses.get(number=number),
            by=cast.secretariat,
            giver=by_name[giver],
            receiver=by_name[receiver],
            title=title,
            title_en=title_en,
            target=target,
            due_on=today() + timedelta(days=days),
        )
    open_comments(version=version, until=today() + timedelta(days=7), by=cast.secretariat)
    law = by_name["律师事务所（示例）"]
    said = comment_on(
        version=version,
        organisation=law,
        clause_number=5,
        text="建议写明场地借用的时段和条件以清单为准。",
        by=cast.of(law),
    )
    answer_comment(comment=said, answer="采纳，已写入第五条。", by=cast.secretariat)
    _freeze(version, cast)
    for organisation in members:
        if organisation.name != _LATE:
            _sign(sign_agreement, version, organisation, cast)
    late = by_name[_LATE]
    decline_agreement(
        version=version, organisation=late, by=cast.of(late), why="待上级行批准后加入。"
    )
    version.refresh_from_db()
    _sign(accede, version, late, cast)


def _charter_to_sign(alliance: Alliance, members: list[Organisation], cast: rounds.Cast) -> None:
    """Those who can be tried out are still awaited."""
    version = start_agreement(
        alliance=alliance,
        kind="charter",
        by=cast.secretariat,
        title="历史城区片区联盟章程",
        title_en="Charter of the historic district alliance",
    )
    _freeze(version, cast)
    for organisation in members:
        if organisation.name not in cast.tried_out:
            _sign(sign_agreement, version, organisation, cast)


def _freeze(version: AgreementVersion, cast: rounds.Cast) -> None:
    day = today() + timedelta(days=14)
    rounds.agree(ask_to_freeze(version=version, sign_until=day, by=cast.secretariat), cast)
    version.refresh_from_db()


def _sign(
    act: Callable[..., Signature],
    version: AgreementVersion,
    organisation: Organisation,
    cast: rounds.Cast,
) -> None:
    by = cast.of(organisation)
    act(
        version=version,
        organisation=organisation,
        by=by,
        consent=signing_words(version, organisation, by).consent,
        step_up=StepUp(Signature.Method.DEMONSTRATION, now()),
    )
