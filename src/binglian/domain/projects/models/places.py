"""Which courtyards and historic buildings a project touches, and how."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from binglian.domain.heritage.words import change_word


class TouchedPlace(models.Model):
    """A project changes a place in some ways (涉及里院): its grade decides who must approve."""

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="touched")
    place = models.ForeignKey("heritage.Place", models.PROTECT, related_name="touched_by")
    # Codes of heritage.words.CHANGES.
    changes = models.JSONField(_("怎样改动"), default=list)

    class Meta:
        verbose_name = _("项目涉及的里院")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "place"], name="place_touched_once")
        ]

    def __str__(self) -> str:
        return str(self.place)

    @property
    def change_labels(self) -> list[str]:
        return [str(change_word(code)) for code in self.changes]
