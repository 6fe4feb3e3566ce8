"""Teams, projects, places, alliances and days an announcement names."""

import re
from collections.abc import Iterator
from datetime import date

from .lexicon import HEAD, NEVER, cost, tokens

_TEAM_HEADS = (
    "党员突击队|青年突击队|巾帼突击队|突击队|党员先锋队|青年先锋队|先锋队|工人先锋号|青年文明号|巾帼文明岗|党员先锋岗|党员示范岗"
    "|青年先锋岗|先锋岗|示范岗|志愿服务队|志愿者服务队|志愿者队|志愿服务分队|服务队|攻坚队|攻坚组|宣讲队|宣讲团|党员责任区|党员示范区|先锋号"
)
_TEAM = re.compile(
    rf"(?P<called>“[^“”]{{1,12}}”)?(?P<kind>[\u4e00-\u9fff]{{0,6}}?)(?P<head>{_TEAM_HEADS})"
)
_PROJECT = re.compile(
    r"(?:项目|工程|综合体|攻坚行动)(?!部|公司|经理|清单|管理|负责|局|师|团队|设计|监理|咨询|质量|造价|施工|机械|款|名单|党|建设局|学院|大学|有限|集团|技术|工程|项目|现场)"
)
_QUOTED_PROJECT = re.compile(r"“[^“”]{2,12}”[\u4e00-\u9fff]{0,8}?(?:项目|工程)(?!部)")
_COUNTED_PROJECT = re.compile(r"等(?:\d+[个项]|一批|多个)?[\u4e00-\u9fff]{0,4}$")
_PLAIN_PROJECT = re.compile(
    r"(?:[这该本各等个类批两三四多些重点民生实事合作建设共建工地签约一系列有关在建全部首批大惠性产业务服名录库与和及的\d]|更新|改造|城市)*"
)
_PLACE = re.compile(
    r"(?:在|于|走进|来到)(?P<place>[^，。、；：“”（）\s在]{2,18}?)"
    r"(?:隆重|正式|顺利|成功|现场)?(?:举行|召开|举办|揭牌|挂牌|成立|启动|开展|宣告|“出圈”|亮相)"
)
_NO_PLACE = re.compile(r"^\d|[上中下时]$|期间|现场$|工地|推动|情况|同意|关于")
_ALLIANCE = re.compile(
    r"[“《]?(?P<name>[^，。、；：！？“”《》（）\s]{2,22}?(?:党建联盟|共建联盟|发展联盟|更新联盟|治理联盟|片区联盟|产业联盟|服务联盟|红色联盟|商圈联盟|联盟))(?!协会|商会|总会|学会)”?"
)
_BEFORE_ALLIANCE = (
    "和", "与", "由", "在", "将", "向", "对", "为", "是", "到", "暨", "了", "的", "全市", "我市",
    "我区", "审议", "有事",
)  # fmt: skip
_DAY = re.compile(r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日")


def teams_in(text: str) -> list[str]:
    """Teams and flags, with the name they were given; never who is in them."""
    found = []
    for team in _TEAM.finditer(text):
        kind = team.group("kind")
        if not team.group("called"):
            kind = _whose(text[: team.start("head")]) if "服务队" in team.group("head") else ""
        elif _has_verb(kind):
            continue
        name = (team.group("called") or "") + kind + team.group("head")
        found.append(name)
    named = {re.sub(r"“.*?”", "", name) for name in found if name.startswith("“")}
    return list(dict.fromkeys(name for name in found if name.startswith("“") or name not in named))


def _whose(before: str) -> str:
    """«清河坊» of «、清河坊志愿服务队», where nothing but a name stands before the head."""
    found = re.search(r"(?:^|[、，：\s])([\u4e00-\u9fff]{2,8})$", before)
    name = found.group(1) if found else ""
    return "" if _has_verb(name) or NEVER.search(name) or re.search("[支个名等的]", name) else name


def projects_in(text: str) -> list[str]:
    """Projects and works called by a name."""
    found = [quoted.group() for quoted in _QUOTED_PROJECT.finditer(text)]
    for sentence in re.split(r"[。！？；\n，、：“”‘’《》（）]|以及|暨", text):
        for head in _PROJECT.finditer(sentence):
            name = _name_before(sentence, head.start())
            if name and _COUNTED_PROJECT.search(name):
                continue
            if name and not _PLAIN_PROJECT.fullmatch(name) and not _names_a_firm(name):
                found.append(name + head.group())
    found = [
        re.sub(r"^.*?[和与及](?=[\u4e00-\u9fff]{4,})", "", name) if _joins(name) else name
        for name in found
    ]
    return _fullest(name for name in found if len(name) >= 6)


def places_in(text: str) -> list[str]:
    """Where something was held."""
    places = [found.group("place") for found in _PLACE.finditer(text)]
    return [place for place in dict.fromkeys(places) if not _NO_PLACE.search(place)]


def alliances_in(text: str, title: str) -> tuple[str, list[str]]:
    """The alliance that the announcement is about, and the other ones it names."""
    names = [name for found in _ALLIANCE.finditer(text) if (name := _trimmed(found.group("name")))]
    # «公布翠屏山片区联盟» is «翠屏山片区联盟» with a verb before it.
    names = [min((n for n in names if name.endswith(n)), key=len) for name in names]
    counted = {name: names.count(name) for name in dict.fromkeys(names)}
    if not counted:
        return "", []
    own = max(counted, key=lambda name: (name in title, counted[name], -names.index(name)))
    others = [
        name
        for name in counted
        if name != own and not own.endswith(name) and not name.endswith(own)
    ]
    return own, others


def days_in(text: str, published: date | None) -> list[date]:
    """Full days named in the text; one without a year has that of the publication."""
    days = []
    for found in _DAY.finditer(text):
        year = int(found.group(1)) if found.group(1) else published and published.year
        try:
            days.append(date(int(year or 0), int(found.group(2)), int(found.group(3))))
        except ValueError:
            continue
    return sorted({*days})


def _name_before(text: str, end: int) -> str | None:
    """The words before a head that can be its name, as many as fit."""
    barred = [found.end() for found in NEVER.finditer(text, 0, end)]
    start = end
    for word, tag, at in reversed(tokens(text[:end])):
        stops = word in ("和", "与") and not _joins(text[at:end])
        if (cost(word, tag) >= 2 or stops) and word not in ("和", "与"):
            break
        if tag.startswith("v") and cost(word, tag) > 0 and (at == 0 or at + len(word) < end - 3):
            break
        if any(at < bar for bar in barred) or stops or end - at > 24:
            break
        start = at
    return text[start:end] if start < end else None


def _names_a_firm(text: str) -> bool:
    return any(found.lastgroup == "firm" for found in HEAD.finditer(text))


def _joins(name: str) -> bool:
    return bool(re.search(r"[和与]", name)) and bool(re.search(r"(?:项目|工程)[和与]", name))


def _fullest(names: Iterator[str]) -> list[str]:
    once = list(dict.fromkeys(names))
    return [
        name for name in once if not any(name != other and other.endswith(name) for other in once)
    ]


def _trimmed(name: str) -> str:
    """An alliance's name without the words before it; ``""`` when only «联盟» is left."""
    start = max((found.end() for found in NEVER.finditer(name, 0, len(name) - 2)), default=0)
    for word, _tag, at in tokens(name):
        if at >= start and word in _BEFORE_ALLIANCE:
            start = at + len(word)
    trimmed = re.sub(r"^(?:关于|公布|现将|首个|首批|结为|名单|[的个家日月找])+", "", name[start:])
    core = re.sub(r"(?:党建|共建|发展|更新|治理|片区|产业|服务|红色|商圈)*联盟$", "", trimmed)
    is_plain = re.fullmatch(
        r"(?:该|本|各|两个|多个|三个|我们|片区|区域|城市|姊妹|姐妹|兄弟|沿线|轨道交通|这个|一个)*",
        core,
    )
    is_prose = _has_verb(core) and not re.search(r"(?:党建|共建|发展|更新|治理|片区)联盟$", trimmed)
    is_short = len(core) < (3 if trimmed == core + "联盟" else 2)
    return "" if is_plain or is_prose or is_short else trimmed


def _has_verb(text: str) -> bool:
    return any(cost(word, tag) >= 1 for word, tag, _ in tokens(text))
