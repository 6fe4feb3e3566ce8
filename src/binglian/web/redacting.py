"""Words for everybody: what looks personal in them is marked before they are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.matters.redaction import CERTAIN, Found, personal_in


class RedactedForm(forms.Form):
    """A form whose ``public_fields`` everybody will read.

    A number that is certainly somebody's has to go; what only looks like a name goes out when
    somebody has said that it may.
    """

    public_fields: tuple[str, ...] = ("public_text",)

    is_checked = forms.BooleanField(
        label=_("已核对，标出的内容可以公开"), required=False, widget=forms.HiddenInput()
    )

    def flagged(self) -> list[tuple[str, Any]]:
        """The texts in pieces, each with what it looks like; empty where nothing does."""
        pieces: list[tuple[str, Any]] = []
        for text in self._texts():
            found = personal_in(text)
            at = 0
            for one in found:
                pieces += [(text[at : one.start], ""), (one.text, one.kind.value)]
                at = one.end
            pieces += [(text[at:], "")] if found else []
        return pieces

    def can_be_confirmed(self) -> bool:
        """Whether a tick is enough to let the texts out."""
        return self.is_bound and not any(one.kind in CERTAIN for one in self._found())

    def is_for_everybody(self) -> bool:
        """Whether the texts go out as the form stands."""
        return True

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.is_for_everybody():
            return facts
        for name in self.public_fields:
            found = personal_in(facts.get(name) or "")
            if any(one.kind in CERTAIN for one in found):
                self.add_error(name, _("有标出的个人号码，请删去后再公开。"))
            elif found and not facts.get("is_checked"):
                self.add_error(name, _("标出的像是姓名等个人信息：请删去，或确认可以公开。"))
        return facts

    def _found(self) -> list[Found]:
        return [one for text in self._texts() for one in personal_in(text)]

    def _texts(self) -> list[str]:
        return [self[name].value() or "" for name in self.public_fields]
