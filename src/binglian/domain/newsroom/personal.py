"""What in an announcement may tell who somebody is, and how it is answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from binglian.domain.matters.redaction import CERTAIN, Kind, personal_in
from binglian.domain.refusals import refuse_unless

from .facts import TEXTS
from .models import AnnouncementVersion


@dataclass(frozen=True, slots=True)
class Flag:
    """Words that look personal; where ``is_certain`` they have to go, otherwise be answered."""

    kind: Kind
    text: str
    where: str

    @property
    def is_certain(self) -> bool:
        return self.kind in CERTAIN


def flags_of(version: AnnouncementVersion) -> list[Flag]:
    """Everything in the version that looks personal, each text once, in reading order."""
    found: dict[str, Flag] = {}
    for where, text in _texts(version):
        for one in personal_in(text):
            found.setdefault(one.text, Flag(one.kind, one.text, where))
    return list(found.values())


def refuse_unanswered(flags: Collection[Flag], may_be_public: Collection[str]) -> None:
    """Raise ``ActionRefused`` where a number is certainly somebody's, or a word is unanswered."""
    for flag in flags:
        told = {"what": flag.kind.value, "text": flag.text, "where": flag.where}
        refuse_unless(
            not flag.is_certain, _("%(where)s里有%(what)s“%(text)s”，请删去后再送审。") % told
        )
        refuse_unless(
            flag.text in may_be_public,
            _("%(where)s里的“%(text)s”（%(what)s）：请删去，或勾选确认可以公开。") % told,
        )


def _texts(version: AnnouncementVersion) -> list[tuple[str, str]]:
    named = [
        (str(field.verbose_name), getattr(version, name))
        for name, field in TEXTS.items()
        if name != "source_url"
    ]
    for one in version.illustrations.all():
        named.append((str(_("图片说明")), one.caption))
        named.append((str(_("替代文字")), one.alternative))
    return named
