"""What was uploaded and waits to be imported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .alliances import Alliance


class ImportDraft(models.Model):
    """An uploaded spreadsheet between its dry run and the decision to carry it out."""

    class Kind(models.TextChoices):
        MEMBERS = "members", _("成员名单")
        OFFERS = "offers", _("资源清单")
        NEEDS = "needs", _("需求清单")
        PLACES = "places", _("里院和历史建筑")
        CHECKUP = "checkup", _("体检问题")

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="import_drafts")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(_("内容"), max_length=10, choices=Kind)
    filename = models.CharField(_("文件名"), max_length=200)
    content = models.BinaryField()
    # Sheet → column key → index, where the person mapped headings by hand.
    mapping = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    carried_out_at = models.DateTimeField(_("导入时间"), null=True)

    class Meta:
        verbose_name = _("导入稿")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.filename
