"""What part an organisation has in an alliance, by the sentence it stands in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .mention import Mention
from .segments import Segment

LEAD, SIGNATORY, GUEST, DONOR = "lead", "signatory", "guest", "donor"
HOST = "host"  # who holds the founding leads, if nobody is said to

_ABOUT = re.compile("联盟|大会|共建|发起|创始|签约|活动|成员单位|牵头单位")
_LEADS = re.compile(
    r"^[^，。]{0,8}?(?:双核引领|双核心|共同牵头|联合牵头|牵头|共同发起|联合发起|发起|(?:作为|为)[^，副]{0,6}?(?:双核|核心|龙头|主体|引领|轴心|牵头单位|发起单位|盟主|理事长单位|会长单位|主席单位)|领衔|主导|双引领|[^，。]{0,6}(?:创立|创办|倡议成立|携手成立|轮流召集|共同召集|轮值召集|联合召集))"
    r"(?!实施|建设|推进|办理|承建|负责|落实)"
)
_CALLED_LEADS = re.compile(
    r"(?:牵头单位|发起单位|双核心|核心单位|盟主单位|(?<!副)主席单位|(?<!副)理事长单位)[^，。、；]{0,4}$"
)
_JOINS = re.compile(r"(?:联合|携手|会同|联手)[^，。、；]{0,6}$")
_FOUNDS = re.compile(r"(?:共同|联合)?(?:发起|成立|组建|打造|建立)")
_CALLED_MEMBERS = re.compile(
    r"(?:成员单位|签约单位|共建单位|入盟单位|加盟单位|参建单位|成员|签约方|吸纳|吸收|签约代表|加入的|入盟的)[^。；]{0,36}$"
)
_BECOMES_MEMBER = re.compile(
    r"[^，。]{0,14}?为[^，]{0,4}(?:理事|理事长|会员|成员|副会长|会长)(?:单位)?(?=$|[，；、。])"
)
_SIGNS = re.compile(
    r"签约|签署|签订|签字|签下|签名|入盟|加入|加盟|吸纳|吸收|组建|组成|(?<!各)成员单位|共建协议|缔结|共建公约|结成|成为[^，。]{0,8}成员"
)
_ATTENDS = re.compile(
    r"出席|参加|到会|应邀|受邀|见证|莅临|到场|观摩|祝贺|致辞|讲话|参会|道贺|列席|到[^，。]{0,4}指导|现场指导|派员|揭牌|发来贺信"
)
_PEOPLE = re.compile(r"负责|领导|代表|同志|人员|班子|嘉宾|干部|党员")
_INVITES = re.compile(
    r"(?:邀请|特邀|嘉宾(?:有|包括)?|出席[^，。]{0,12}(?:有|包括)|参加[^，。]{0,12}(?:有|包括))[^，。、；]{0,4}$"
)
_OTHERS_DO = re.compile(r"，[^，]*(?:\d家|\d+个|成员单位|各单位|双方代表)")
_FOUND_TOGETHER = re.compile(r"^[^，。；]{0,10}?共同签(?:署|订)[^。；]*?成立[^。；]*联盟")
_HOSTS = re.compile(r"^[^，。]{0,4}?(?:联合|共同)?主办")
_HELPS = re.compile(r"^[^，。]{0,4}?(?:联合|共同)?协办")
_FEW, _MANY = 4, 5  # in one enumeration: as many found an alliance; as many are its members
_FOUND_IT = re.compile(
    r"^[^。；]{0,30}?(?:共同|联合|携手)(?:发起|组建|成立|创立|打造|倡议)[^，。]{0,20}(?:联盟|共同体)"
)
_GIVES = re.compile(r"捐赠|捐款|捐资|捐出|捐献|认捐|赠送|赠予|送上|送去|送来|献上|资助|捐")
_CALLED_GIVERS = re.compile(r"(?:爱心企业|爱心单位|爱心商户|捐赠单位|捐赠方)[^，。、；]{0,4}$")
_MEMBERS = re.compile(r"单位|代表|成员|组成|参建|”即|包括|(?<!曾)有")
_RECEIVES = re.compile(r"(?:向|给|为|对|走进|慰问|走访|资助|来到)[^，。、；]{0,2}$")


@dataclass(slots=True)
class Group:
    """Names in one enumeration, with the text before and after them up to the next names."""

    mentions: list[Mention]
    before: str
    after: str = ""
    rest: str = ""
    roles: set[str] = field(default_factory=set)


def assign_roles(
    mentions: Sequence[Mention], pieces: Sequence[tuple[int, str, list[Segment]]]
) -> list[tuple[Mention, set[str]]]:
    """The roles that each name of a paragraph has in its own sentence."""
    told: list[tuple[Mention, set[str]]] = []
    for number, (offset, sentence, _parts) in enumerate(pieces):
        here = [mention for mention in mentions if mention.sentence == number]
        groups = _groups(here, offset, sentence)
        _judge(groups, sentence)
        told += [(mention, group.roles) for group in groups for mention in group.mentions]
    return told


def _groups(here: Sequence[Mention], offset: int, sentence: str) -> list[Group]:
    groups: list[Group] = []
    for mention in here:
        start = mention.start - offset
        if groups and _goes_on(groups[-1].mentions[-1], mention, sentence, offset):
            groups[-1].mentions.append(mention)
            continue
        since = groups[-1].mentions[-1].end - offset if groups else 0
        groups.append(Group([mention], sentence[since:start]))
    for number, group in enumerate(groups):
        end = group.mentions[-1].end - offset
        following = (
            groups[number + 1].mentions[0].start - offset
            if number + 1 < len(groups)
            else len(sentence)
        )
        group.after = sentence[end:following].strip()
        group.rest = sentence[end:].strip()
    return groups


def _goes_on(last: Mention, mention: Mention, sentence: str, offset: int) -> bool:
    between = sentence[last.end - offset : mention.start - offset]
    plain = re.sub(r"[“”\"\s]|党工委|党委|党组织|党组|党总支|党支部", "", between)
    return plain in ("、", "和", "与", "及", "以及", "，", "；", "暨", "，以及", "，和")


def _judge(groups: Sequence[Group], sentence: str) -> None:
    """From the last group back, because a predicate at the end holds for all before it."""
    is_about_alliance = bool(
        re.search(r"联盟|大党委|大会|共建|发起|创始|签约|活动|成员单位|牵头单位", sentence)
    )
    is_founding = bool(re.search("联盟|共同体|大党委|启动|揭牌|成立|签约", sentence))
    inherited: set[str] = set()
    called = next(
        (number for number, group in enumerate(groups) if _CALLED_MEMBERS.search(group.before)),
        len(groups),
    )
    invited = next(
        (number for number, group in enumerate(groups) if _INVITES.search(group.before)),
        len(groups),
    )
    for number in range(len(groups) - 1, -1, -1):
        group = groups[number]
        roles = set()
        leads = _LEADS.match(group.rest) or _CALLED_LEADS.search(group.before)
        if (leads and is_about_alliance) or _founds(groups, number, sentence):
            roles.add(LEAD)
        elif _FOUND_TOGETHER.match(group.rest):
            roles |= {LEAD, SIGNATORY}
        elif is_founding and len(group.mentions) <= _FEW and _FOUND_IT.match(group.after):
            roles.add(LEAD)
        elif is_founding and _HOSTS.match(group.rest):
            roles.add(HOST)
        elif _HELPS.match(group.rest):
            roles.add(GUEST)
        if _gives(group):
            roles.add(DONOR)
        if not roles & {LEAD, HOST}:
            roles |= _attends_or_signs(group, sentence)
        if (
            not roles
            and inherited
            and len(group.after) <= 14
            and (_PEOPLE.search(group.after) or not group.after.strip("，"))
        ):
            roles = set(inherited)
        if not roles and number > called:
            roles = {SIGNATORY}  # «成员单位包括 A、B，以及 C、D»
        if not roles and number > invited:
            roles = {GUEST}
        if not roles and len(group.mentions) >= 3 and group.before.endswith(("：", ":")):
            roles = {SIGNATORY}  # 村社：A、B、C
        if (
            not roles
            and len(group.mentions) >= _MANY
            and (is_about_alliance or _MEMBERS.search(sentence))
        ):
            roles = {SIGNATORY}  # so many together are nothing but its members
        group.roles = roles
        inherited = roles & {GUEST, SIGNATORY}


def _founds(groups: Sequence[Group], number: int, sentence: str) -> bool:
    """«A 联合 B 发起联盟» makes both leads; «A 牵头，联合 B 组建» only A."""
    if "联盟" not in sentence or "牵头" in sentence:
        return False
    group = groups[number]
    if _JOINS.search(group.before) and number > 0:
        return bool(_FOUNDS.match(group.after))
    follows = number + 1 < len(groups) and _JOINS.search(groups[number + 1].before)
    return bool(follows and _FOUNDS.match(groups[number + 1].after))


def _gives(group: Group) -> bool:
    if _RECEIVES.search(group.before):
        return False
    if _CALLED_GIVERS.search(group.before):
        return True
    found = _GIVES.search(group.rest)
    if not found:
        return False
    way = group.rest[: found.start()]
    subject, comma, turn = way.rpartition("，")
    # After a comma somebody else may be the one who gives.
    goes_on = not comma or not turn or re.match(r"还|也|并|共|分别|现场|同时|向|为|一次性", turn)
    return (
        bool(goes_on)
        and len(way) <= 40
        and "领取" not in way
        and not re.search("[，；]", subject + turn)
    )


def _attends_or_signs(group: Group, sentence: str) -> set[str]:
    if _CALLED_MEMBERS.search(group.before):
        return {SIGNATORY}
    if _INVITES.search(group.before):
        return {GUEST}
    if _RECEIVES.search(group.before) and _GIVES.search(sentence):
        return set()
    if _BECOMES_MEMBER.match(group.rest):
        return {SIGNATORY}
    attends, signs = _ATTENDS.search(group.rest), _SIGNS.search(group.rest)
    if attends and (not signs or attends.start() < signs.start()):
        return {GUEST} if attends.start() <= 45 else set()
    if signs and not _OTHERS_DO.search(group.rest[: signs.start()]):
        return {SIGNATORY}
    if _SIGNS.search(group.before):
        return {SIGNATORY}
    return set()
