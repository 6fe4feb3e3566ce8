"""What the islands of the report know: the map for the pin, and the words for covering faces."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.places.queries import subdistricts_around

from .map_content import short_name, tiles


def pin_map(alliance: Alliance) -> dict[str, Any]:
    """Areas to find one's way by, and the words of the island; empty areas draw no map."""
    areas = subdistricts_around(alliance.area_id).filter(longitude__isnull=False)
    return {
        "areas": [
            {"name": short_name(area), "at": [area.longitude, area.latitude]} for area in areas
        ],
        "tiles": tiles(),
        "words": {
            "zoomIn": _("放大"),
            "zoomOut": _("缩小"),
            "set": _("已标记位置。拖动或再点一次可以改。"),
            "cleared": _("已去掉标记。"),
            "searching": _("正在定位……"),
            "failed": _("没有得到位置。请写地点，或在地图上点。"),
            "centre": _("把标记放在地图中央"),
        },
    }


def blurring_words() -> dict[str, str]:
    """The words of the island that covers faces; the script puts the number for ``%s``."""
    return {
        "photo": _("照片") + " %s",
        "hint": _("在人脸或车牌上点一下就遮住，也可以拖一个框；遮住的部分不会传出您的设备。"),
        "undo": _("撤销遮挡"),
        "remove": _("去掉照片"),
        "full": _("张数已满，多的没有选上。"),
    }
