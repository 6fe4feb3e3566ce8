"""What a saved news page was read as, until a person decides on it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NewsImport(models.Model):
    """What a page says of the alliance, proposed (公告导入稿).

    The page itself is not kept: ``told`` is what was read of it, without names of persons. It is
    erased after some days unless it was confirmed.
    """

    alliance = models.ForeignKey("alliance.Alliance", models.CASCADE, related_name="news_imports")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    filename = models.CharField(_("文件名"), max_length=200)
    told = models.JSONField(_("读出的内容"))
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)
    announcement = models.ForeignKey(
        "newsroom.Announcement", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("公告导入稿")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.told.get("title") or self.filename)
