"""The bodies that join alliances."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.names import search_text


class Organisation(models.Model):
    """A body that can take on obligations (单位). It may belong to several alliances."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("职能部门")
        SUBDISTRICT = "subdistrict", _("街道")
        COMMUNITY = "community", _("社区")
        STATE_FIRM = "state_firm", _("国有企业")
        PRIVATE_FIRM = "private_firm", _("民营企业")
        SOCIAL = "social", _("社会组织")
        INSTITUTION = "institution", _("事业单位")
        MERCHANT = "merchant", _("商户")
        TEMPORARY = "temporary", _("临时组织")
        OTHER = "other", _("其他")

    name = models.CharField(_("单位名称"), max_length=120, unique=True)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    kind = models.CharField(_("单位类型"), max_length=14, choices=Kind, default=Kind.OTHER)
    # Branches, project departments and temporary bodies have none; a wrong one is only warned of.
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("上级单位"),
    )
    area = models.ForeignKey(
        "places.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("片区"),
    )
    address = models.CharField(_("地址"), max_length=200, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    desk = models.CharField(
        _("联系窗口"), max_length=120, blank=True, help_text=_("办公电话或公务邮箱，不填个人信息")
    )
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = _("单位")
        ordering = ["name"]

    def __str__(self) -> str:
        return (
            self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name
        )

    def save(self, *args, **kwargs) -> None:
        self.search_text = search_text(self.name, self.name_en, self.credit_code)
        super().save(*args, **kwargs)
