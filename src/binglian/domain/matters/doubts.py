"""Signs that a report may not be meant (疑似滥用). They send it to a person, never away."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Doubt(TextChoices):
    """One sign; several together say more than each alone."""

    TRAP = "trap", _("填了人看不见的栏目")
    HASTY = "hasty", _("打开页面几秒内就提交")
    STALE = "stale", _("页面凭据过期或不是本站发出的")
    REPEATED = "repeated", _("同一页面重复提交")
    NO_WORK = "no_work", _("浏览器没有完成后台校验（可能没有启用脚本）")
    MANY = "many", _("同一网络短时间内提交很多")
    LINKS = "links", _("内容含多个网址")
