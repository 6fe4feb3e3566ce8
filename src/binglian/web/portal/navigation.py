"""The public places of an alliance, in the order its visitors look for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.alliance.models import Alliance

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class Place:
    """One place: the page's ``section``, its name, its route (which takes the alliance's slug).

    ``is_first`` ones stand in the navigation; all of them stand under «all places», with ``says``.
    In care mode the navigation keeps to the first three.
    """

    section: str
    label: str | StrPromise
    route: str
    says: str | StrPromise
    is_first: bool = True


PLACES = (
    Place("report", _("我要反映"), "public_matters:report", _("身边有事，写下来就行，不用登录")),
    Place(
        "list",
        pgettext_lazy("list", "公开诉求"),
        "public_matters:matters",
        _("大家反映的事，谁在办，怎么答复的"),
    ),
    Place("map", _("地图"), "matter_map:public", _("这些事在哪儿"), is_first=False),
    Place(
        "near",
        _("我身边"),
        "portal:near",
        _("选街道，看近处的诉求、项目、需求和里院"),
        is_first=False,
    ),
    Place(
        "projects",
        pgettext_lazy("list", "项目"),
        "portal:projects",
        _("做到哪一步，在等谁"),
    ),
    Place(
        "needs",
        pgettext_lazy("list", "需求"),
        "portal:needs",
        _("还缺什么，谁都可以帮"),
    ),
    Place(
        "commitments",
        pgettext_lazy("list", "承诺"),
        "portal:commitments",
        _("谁答应了什么，兑现了没有"),
    ),
    Place(
        "decisions",
        _("决定与纪要"),
        "portal:decisions",
        _("两个牵头单位定了什么，会上议定了什么"),
        is_first=False,
    ),
    Place(
        "news",
        pgettext_lazy("list", "公告"),
        "news:announcements",
        _("联盟告诉大家的事，可以订阅"),
    ),
    Place(
        "places",
        pgettext_lazy("list", "里院"),
        "public_places:places",
        _("里院和历史建筑：怎样保护，修到哪一步，现在做什么"),
    ),
    Place(
        "space",
        _("待租空间"),
        "public_places:spaces",
        _("商户和创客看房、申请，不用登录"),
    ),
    Place(
        "ask",
        _("申请公开"),
        "openness:ask",
        _("想知道什么就问，按期答复，答复大家都能看"),
        is_first=False,
    ),
    Place(
        "open_days",
        _("工地开放日"),
        "public_books:open_days",
        _("进工地看一看，当面问；报名不用登录"),
        is_first=False,
    ),
    Place(
        "goods",
        _("慰问品和捐赠"),
        "public_books:goods",
        _("单位送了什么，发给了谁，还剩多少"),
        is_first=False,
    ),
    Place(
        "integrity",
        _("廉洁承诺"),
        "public_books:promises",
        _("项目合同各方答应了什么，谁签署的"),
        is_first=False,
    ),
    Place(
        "search",
        _("查找"),
        "search:public",
        _("公告、诉求、项目、里院，一次都找"),
        is_first=False,
    ),
    Place(
        "follow",
        pgettext_lazy("follow", "关注"),
        "openness:topics",
        _("有新消息告诉我：来信、日历、订阅，不用注册"),
        is_first=False,
    ),
    Place(
        "promises",
        _("五项承诺"),
        "indicators:public_promises",
        _("联盟承诺的事做得怎样，用数说话"),
    ),
    Place(
        "network",
        _("协作网"),
        "indicators:public_network",
        _("哪些单位一起把事办成了"),
        is_first=False,
    ),
    Place(
        "data",
        _("开放数据"),
        "open_data:catalogue",
        _("清单、承诺、项目和诉求，下载成表格或给程序用"),
        is_first=False,
    ),
)


@dataclass(frozen=True)
class Shown:
    """A place as a page of the portal shows it."""

    label: str
    url: str
    says: str
    is_first: bool
    is_current: bool


def places_of(portal: Alliance, section: str = "") -> list[Shown]:
    return [
        Shown(
            str(place.label),
            reverse(place.route, args=[portal.slug]),
            str(place.says),
            place.is_first,
            place.section == section,
        )
        for place in PLACES
    ]
