"""Words of a page's furniture: what is on it whatever the news is."""

import re

from binglian.announcements.wordlists import one_of, sections

from .tree import HtmlElement

_WORDS = sections(__package__, "furniture.txt")
_OPENING, _CLOSING = r"[【\[■◆●▌|\s]*", r"[\s:：>›»|/】\]■◆●▌\d()（）条+]*"
_WHOLE = re.compile(one_of(_WORDS["whole"]) + r"[\s:：>›»|/+\-\d()（）.,，…]*")
_LEADING = re.compile(r"[【\[（(<>〉»·•|\s]*" + one_of(_WORDS["leading"]))
_ELSEWHERE = re.compile(_OPENING + one_of(_WORDS["elsewhere"]) + _CLOSING)
_COMMENTS = re.compile(_OPENING + one_of(_WORDS["comments"]) + _CLOSING)
_ENDING = re.compile(r"[（(【\[]?\s*" + one_of(_WORDS["ending"]))
_LEGAL = re.compile(one_of(_WORDS["legal"]))
# A day written out alone, 2026年3月5日, signs a notice and stays.
_MOMENT = re.compile(
    r"[\s\[(（]*(?:(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2})?[\sT]*(?:\d{1,2}:\d\d(?::\d\d)?)?[\s\])）]*"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*\d{1,2}:\d\d(?::\d\d)?"
    r"|\d+\s*(?:秒|分钟|小时|天|个?月|年)前|(?:昨天|今天|刚刚)(?:\s*\d\d?:\d\d)?"
)
_SIGNATURE_LINE = re.compile(
    r"(?:来源|作者|发布时间|发布日期|浏览|阅读|点击|时间|字号|编辑|责任编辑|记者|发布机构|信息来源|索引号)\s*[:：]"
)
_BARRED = re.compile(r"[^|｜丨┊]{1,14}(?:\s*[|｜丨┊]\s*[^|｜丨┊]{1,14}){2,}")
_BYLINE = re.compile(
    r"[（(]?\s*(?:记者|作者|通讯员|见习记者|全媒体记者|文/图|图/文|图文|文字|摄影|撰稿|供稿)\s*[:：/|丨]\s*\S.{0,30}"
)
_DATE = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?")
_NUMBER = re.compile(r"[\d\s+,.|/·•:：\-—–()（）>›»]+")

# Words in class and id that mark furniture, as whole words of the name.
_NAMED = {
    "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
    "footer", "foot", "copyright", "sidebar", "side", "aside", "related", "relate", "recommend",
    "recommended", "recommends", "rec", "tuijian", "hot", "rank", "ranking", "share", "shares",
    "sharebar", "bdsharebuttonbox", "ad", "ads", "advert", "advertisement", "banner", "toolbar",
    "tool", "tags", "tag", "pager", "pagination", "login", "qrcode", "qr", "popup", "modal",
    "dialog", "subscribe", "links", "link", "friendlink", "sitemap", "topbar", "weixin", "guess",
    "more", "xiangguan", "disclaimer", "newsletter", "promo", "cookie", "consent", "signup",
    "reward", "toc", "loading",
}  # fmt: skip
_NAMED_COMMENTS = {
    "comment", "comments", "cmt", "reply", "replies", "gentie", "tie", "pinglun", "discuss",
    "discussion", "liuyan", "feedback",
}  # fmt: skip
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def is_furniture(text: str) -> bool:
    """Say whether a block belongs to the page and not to the news."""
    if _NUMBER.fullmatch(text) or _MOMENT.fullmatch(text):
        return True
    if _WHOLE.fullmatch(text) or (len(text) <= 160 and _LEADING.match(text)):
        return True
    if is_heading_elsewhere(text):
        return True
    if len(text) <= 90 and len(_SIGNATURE_LINE.findall(text)) >= 2:
        return True
    if len(text) <= 300 and len({*_LEGAL.findall(text)}) >= 2:
        return True
    if _BARRED.fullmatch(text) or _BYLINE.fullmatch(text):
        return True
    # A breadcrumb: short names with an arrow between.
    return (
        len(text) <= 80
        and bool(re.search(r"\S\s*(?:>>?|›|»|&gt;)\s*\S", text))
        and "。" not in text
    )


def is_dateline(text: str) -> bool:
    """A short line that tells the day and perhaps the source, as under a title."""
    rest = _DATE.sub("", text)
    return rest != text and len(rest) <= 40 and not re.search(r"[，。；！？]", rest)


def is_heading_elsewhere(text: str) -> bool:
    """A heading under which other news or comments stand."""
    return len(text) <= 30 and bool(_ELSEWHERE.fullmatch(text) or _COMMENTS.fullmatch(text))


def opens_comments(text: str) -> bool:
    return len(text) <= 30 and bool(_COMMENTS.fullmatch(text))


def ends_the_news(text: str) -> bool:
    """After such a block, late in the text, nothing of the news follows."""
    return len(text) <= 160 and bool(_ENDING.match(text))


def named_as_furniture(element: HtmlElement) -> str:
    """``"comments"``, ``"furniture"`` or ``""``, by what an element calls itself."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    words = {part.lower() for part in _NAME_PARTS.findall(names)}
    if words & _NAMED_COMMENTS:
        return "comments"
    return "furniture" if words & _NAMED else ""
