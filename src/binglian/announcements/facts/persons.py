"""Names of persons, found so that they can be left out.

A name is told by what stands beside it: an office before or after it, «记者» or «摄», a verb of
saying. It is a surname and one or two characters, up to where the sentence goes on; or it is
spelt by the characters that render names of other languages, as Uygur or Tibetan ones.
"""

import re
from collections.abc import Iterator

from binglian.announcements.wordlists import sections

from .lexicon import tokens

_SURNAMES = sections(__package__, "surnames.txt")
_SINGLE, _DOUBLE = "".join(_SURNAMES["single"]), "|".join(_SURNAMES["double"])
_SPELT = _SURNAMES["spelt"][0]
_FOREIGN = (
    r"(?:[\u4e00-\u9fff]{2,7}?·[\u4e00-\u9fff]{2,6}?(?:·[\u4e00-\u9fff]{2,6}?)?"
    rf"|[{_SPELT}]{{3,7}})"
)
_CHINESE = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}?|[{_SINGLE}][\u4e00-\u9fff]{{1,2}}?)"
_NAME = rf"(?:{_FOREIGN}|{_CHINESE})"
_OFFICES = (
    "副书记|书记|副部长|部长|副主任|主任|副局长|局长|副区长|区长|副市长|市长|副县长|县长|副镇长|镇长|副乡长|乡长|副主席|主席|副会长|会长"
    "|理事长|董事长|副总经理|总经理|经理|副院长|院长|副校长|校长|副所长|所长|大队长|支队长|中队长|队长|站长|副秘书长|秘书长|副省长|省长"
    "|项目负责人|党组负责人|负责人|科长|处长|厅长|副厅长|行长|主管|馆长|园长|总监|总工程师|工程师|设计师|教授|研究员|巡视员|调研员|督察长|检察长|法官"
    "|委员|常委|党员|居民|市民|村民|业主|商户|店主|老板娘|老板|志愿者|网格员|工人|代表|记者|通讯员|主持人|摄影|讲解员|学生|老师|医生|护士|劳模|书法家|画家|老人|专家|创始人|负责同志|召集人|主理人|联系人|经办人|牵头人|带头人|合伙人|掌门人|传承人|实习生|组长|班长|楼长|栋长|巷长|店长|厂长|村长|会计|院士|博士"
    "|政委|指导员|干事|联络员|楼门长|总领事|领事|参赞|大使|民警|警官|教师|发起人|理事|律师|经理人|老党员|骑手|师傅|大姐|阿姨|同志"
)  # fmt: skip
_AFTER_NAME = (
    r"(?=$|[\s，。、；：！？（）()“”《》/\n]|说|表示|介绍|指出|强调|认为|主持|出席|参加|宣读|为|在|向|就|对|等|和|与|及|一行|同志|先生|女士|代表|汇报|致辞|讲话|告诉|坦言|透露|分析|谈|作|也|还|带领|率|带队"
    r"|陪同|见证|揭牌|授牌|现场|分别|共同|主动|拿出|自称|回忆|补充|感慨|笑|回应|到|走|将|以|的|是|有|报道|摄|供图|正|曾|于|从|被|把|给|通讯员|介绍说|参与|希望|宣布|发言|讲解|回复|提出|要求|[致宣应受首随不很都今当先亲走调慰检任担颁授接发送前来上点通会同深赴])"
)
_OFFICE_FIRST = re.compile(
    rf"(?P<office>{_OFFICES})(?P<gap>[\s:：]*)(?P<name>{_NAME}?){_AFTER_NAME}"
)
_OFFICE_NAME = re.compile(rf"(?:{_OFFICES})[\s:：]*(?P<name>{_NAME}){_AFTER_NAME}")
_SPELT_AFTER_OFFICE = re.compile(
    rf"(?:{_OFFICES})[\s:：]*(?P<name>[{_SPELT}]{{3,8}}(?:·[{_SPELT}]{{2,6}})?)"
)
_NAME_OFFICE = re.compile(
    rf"(?:^|[，。、；：\s（“])(?P<name>{_NAME}|[{_SINGLE}])(?P<office>副?书记|主任|局长|区长|市长|县长|秘书长|部长|会长|院长|校长|董事长|总经理|老师|同志|先生|女士|教授|阿姨|大姐|师傅|律师(?!事务|协会|行业)|医生)"
)
_AFTER_BODY = re.compile(
    rf"(?<=[会司院校局团办行所])(?P<name>[{_SINGLE}][\u4e00-\u9fff]{{2}})"
    r"(?=秘书长|会长|董事长|总经理|主任|局长|书记|教授|理事长|校长|院长)"
)
_SIGNED = re.compile(rf"[（(](?P<name>{_NAME})[）)]\s*$", re.MULTILINE)
_SAYS = re.compile(
    rf"(?:^|[，。、；：！？”\s\n])(?P<name>{_NAME})(?=表示|介绍|指出|强调|认为|坦言|透露|告诉|分析|自称|回忆|补充说|感慨|笑着说|说[，：道]|主持会议|主持仪式)"
)
_ALSO = re.compile(rf"[、和与及](?P<name>{_NAME}){_AFTER_NAME}")
_STANDS_ALONE = re.compile(
    rf"(?<![\u4e00-\u9fff·])(?P<name>[{_SPELT}]{{2,7}}·[{_SPELT}]{{2,6}})(?![\u4e00-\u9fff·])"
)
# «编辑 | 甲 乙», a line of its own: who made the page.
_CREDIT = re.compile(
    r"^\s*(?:(?:责任|文字|值班|本期|图文|视觉|新媒体)?(?:编辑|编审|记者|通讯员|作者|审核|校对|责编|监制|撰稿|撰文|供稿|摄影|排版|制图|签发|初审|复审|复核|终审|统筹|策划|来源|文字|图片|文|图|联系人)\s*[/&和、]?\s*)+[|丨｜/:：\s]\s*(?P<names>[^，。；]{2,40})$",
    re.MULTILINE,
)
_BYLINE = re.compile(
    rf"[（(]\s*(?:(?:本报|见习|全媒体|融媒体|通讯员|特约)*(?:记者|通讯员|摄影|文/图|图/文|供稿|文|图)[\s:：/]*(?:{_NAME}[\s、/]*)+|(?:{_NAME}[\s、/]*)+(?:摄|文|图|供图|摄影|报道|整理)"
    rf"|(?:责任编辑|责编|编辑|记者)[\s:：]*(?:{_NAME}[\s、/]*)+)+\s*[）)]"
)
_ALSO_SURNAMES = "于应常曾连"
_WORD = re.compile(
    "应邀|应当|应急|应用|应届|常务|常委|常年|常态|于是|于昨|于今|于[一二三四五六七八九十\\d]|连续|连接|连心|曾任|曾经|曾获"
)
_NOT_NAMES = re.compile(
    r"^(?:和|与|及|同|于|从|对|等|应|经|常|连|都|曾|以|但|还|也|能|将|由|在|为)[\u4e00-\u9fff]|^(?:单位|方面|成员|相关|有关|居民|党员|代表|负责|向(?:[大前上社全市区群各]|街道)|家(?:协|庭)|宣布|高度|高兴|应邀|应当|强调|指出|介绍|全体|全面|全力|全区|全市|包括|包含|方式|方案|方针|安全|安排|常务|常委|任务|计划|金融|时间|时候|平台|平安|平均|项目|胡同|明确|明天|成立|成为|成功|于是|关于|关注|关系|干部|华北|江南|江北|江苏|湖北|湖南|山东|山西|广东|广西|云南|贵州|海南|海外|祖国|国家|国际|文化|文明|古城|古建|石油|温暖|宣传|家庭|家园|高校|高新|都市|冷链|荣誉|利用|易于|容易|充分|充满|满意|向前|向上|明显|明年|今年|白天|金额|水平|元旦|雷锋|方便|方向|和谐|施工|安装|单独|从事|双方|双向|牛奶|路线|党委|党组|党建|党支|党总|党群|党工|文字|应届|龙头|后续|相应|相互|相比|权益|都是|都在|都有|都能|都会|常年|农业|农村|游客|游览|查看|查询|商户|商业|商会|商务|房屋|房地|车辆|车站|车位|水务|水利|管理|管委|管线|花园|花卉|景区|景观|林业|林草|海洋|海关|汤圆|饶有|解决|解读|解放|应急|应用|曲艺|边界|边防|终于|余人|余名|余家|司法|司机|支部|支持|支队|强化|强大|万元|万人|万户|经济|经营|经过|经理|经验|连续|连接|连心|暴雨|段落|乐于|乐器|印发|宿舍|宁静|贺信|危房|危险|易地|步行|步道|融入|融合|融资|居委|居住|那里|那些|简单|空间|空调|空气|沙滩|丰富|丰收|巢湖|相聚|后来|后期|红色|红旗|权力|游园|公司|公园|公共|公安|公布|公告|公示|公益|公众|公约|代理|代办|初步|初期|初心|初中)"
)


def persons_in(text: str) -> set[str]:
    """Names of persons that stand beside an office, a byline or a verb of saying."""
    names: set[str] = set()
    for pattern in (
        _OFFICE_NAME,
        _SPELT_AFTER_OFFICE,
        _NAME_OFFICE,
        _AFTER_BODY,
        _SAYS,
        _SIGNED,
        _STANDS_ALONE,
    ):
        names |= {found.group("name") for found in pattern.finditer(text)}
    for byline in _BYLINE.finditer(text):
        names |= set(_names_of_byline(byline.group()))
    for credit in _CREDIT.finditer(text):
        names |= set(_names_of_byline(credit.group("names")))
    names = {name for name in names if len(name) >= 2 and _may_be_a_name(name)}
    for name in list(names):  # «甲、乙、丙出席»: after one name come others
        for place in re.finditer(re.escape(name), text):
            names |= set(_following(text, place.end()))
    return names


def _may_be_a_name(text: str) -> bool:
    """Not a word of the language; 应桂英 and 于晓东 are names, 应邀 and 于昨日 are not."""
    if not _NOT_NAMES.match(text):
        return True
    if text[0] not in _ALSO_SURNAMES or len(text) != 3 or _NOT_NAMES.match(text[1:]):
        return False
    if [tag for _, tag, _ in tokens(text)] == ["nr"]:
        return True
    words = tokens(text[1:])
    is_word = _WORD.match(text) or (len(words) == 1 and not words[0][1].startswith("nr"))
    return not is_word and all(tag[0] not in "pcuf" for _, tag, _ in words)


def without_persons(text: str) -> str:
    """The text without names of persons: offices stay, bylines go, others become «某»."""
    return _Redaction(persons_in(text)).of(text)


class _Redaction:
    def __init__(self, names: set[str]) -> None:
        self.names = sorted(names, key=len, reverse=True)

    def of(self, text: str) -> str:
        text = _BYLINE.sub("", text)
        text = _SIGNED.sub(lambda one: "" if one.group("name") in self.names else one.group(), text)
        for name in self.names:
            text = re.sub(
                rf"(?<=[长记任员人理授者表管监师事迁志生模])[\s:：]*{re.escape(name)}", "", text
            )
            text = text.replace(name, name[0] + "某")
        return text


def redacted(texts: list[str]) -> list[str]:
    """Several texts without the names that any of them tells."""
    redaction = _Redaction(persons_in("\n".join(texts)))
    return [redaction.of(text) for text in texts]


def _following(text: str, at: int) -> Iterator[str]:
    while found := _ALSO.match(text, at):
        if not _may_be_a_name(found.group("name")):
            return
        yield found.group("name")
        at = found.end()


def _names_of_byline(byline: str) -> Iterator[str]:
    plain = re.sub(
        r"本报|见习|全媒体|融媒体|特约|责任|记者|通讯员|摄影|文/图|图/文|供稿|供图|编辑|责编|报道|整理|[摄（）()]",
        " ",
        byline,
    )
    for part in re.split(r"[\s、，/|丨｜&:：]+", plain):
        if re.fullmatch(_NAME, part):
            yield part
