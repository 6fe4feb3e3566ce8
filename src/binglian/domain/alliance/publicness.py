"""What an alliance shows to everybody. Nothing, until it says so."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Published(models.TextChoices):
    """A list the alliance may publish; a matter or a project has a rule of its own."""

    MEMBERS = "members", _("成员单位")
    OFFERS = "offers", _("资源清单")
    NEEDS = "needs", _("需求清单")
    COMMITMENTS = "commitments", _("承诺及其兑现")
    DECISIONS = "decisions", _("已生效的牵头单位决定")
    RESOLUTIONS = "resolutions", _("会议议定事项")
    FIGURES = "figures", _("五项承诺的指标")
