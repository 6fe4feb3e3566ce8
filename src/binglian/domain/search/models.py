"""What can be found: one text for each class of readers of one object."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from binglian.domain.coupling.models import in_language


class Document(models.Model):
    """One text that can be found (检索条目), as one or more classes of readers may read it.

    Never changed: what an object says anew is a new row, so that the newest key is the latest
    news. The pieces of its text are kept in ``search_posting``, see ``postings``.
    """

    alliance = models.ForeignKey(
        "alliance.Alliance", models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    # The number in the address of its page; of a membership, that of the organisation.
    page_id = models.BigIntegerField()
    # Letters of ``readers.Letter``; each of them may be asked for it.
    classes = models.CharField(max_length=4)
    title = models.TextField()
    title_en = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # Pinyin and initials of the title.
    sounds = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("检索条目")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "classes"], name="document_once")
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)
