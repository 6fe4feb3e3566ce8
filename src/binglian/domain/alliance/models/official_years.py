"""The days off of a year."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficialYear(models.Model):
    """The days off of a year, imported once they are announced (办公日历)."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    # ISO day → whether offices work on it; days not named follow the weekday.
    days = models.JSONField(_("放假和调休"), default=dict)
    source = models.CharField(_("文件依据"), max_length=200)
    imported_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(_("导入时间"), auto_now=True)

    class Meta:
        verbose_name = _("办公日历")
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)
