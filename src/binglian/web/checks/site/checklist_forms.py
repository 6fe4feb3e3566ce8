"""A checklist as it is typed: a point a line, its English behind a bar."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.checks.models import Checklist, Family

#: Characters of one point, as it is stored.
MOST_ZH, MOST_EN = 200, 300
_BAR = re.compile(r"\s*[|｜]\s*")


class ChecklistForm(forms.Form):
    """Name, family, basis and points."""

    title_zh = forms.CharField(label=_("名称"), max_length=60)
    title_en = forms.CharField(label=_("英文名称"), max_length=90, required=False)
    family = forms.ChoiceField(label=_("类别"), choices=Family.choices)
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)
    items = forms.CharField(
        label=_("检查项"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("一行一项，写“要做到什么”；要英文的，在竖线 | 后面写"),
    )

    def clean_items(self) -> list[tuple[str, str]]:
        items = []
        lines = self.cleaned_data["items"].splitlines()
        for number, line in enumerate((line for line in lines if line.strip()), 1):
            zh, _bar, en = _BAR.sub("|", line.strip(), count=1).partition("|")
            for text, most in ((zh, MOST_ZH), (en, MOST_EN)):
                if len(text) > most:
                    told = {"n": number, "most": most}
                    raise forms.ValidationError(_("第 %(n)s 项太长，最多 %(most)s 个字。") % told)
            items.append((zh, en))
        return items


def as_typed(checklist: Checklist) -> dict[str, Any]:
    """A list as the form shows it."""
    lines = [
        " | ".join(filter(None, (item.text_zh, item.text_en))) for item in checklist.items.all()
    ]
    names = ("title_zh", "title_en", "family", "basis")
    return {name: getattr(checklist, name) for name in names} | {"items": "\n".join(lines)}
