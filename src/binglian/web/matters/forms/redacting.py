"""Words for everybody: what looks personal in them is marked before they are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.matters.redaction import CERTAIN, personal_in

from .part import MatterForm


class CheckedForm(MatterForm):
    """A form with a ``public_text``.

    A number that is certainly somebody's has to go; what only looks like a name goes out when
    somebody has said that it may.
    """

    is_checked = forms.BooleanField(
        label=_("已核对，标出的内容可以公开"), required=False, widget=forms.HiddenInput()
    )

    def flagged(self) -> list[tuple[str, Any]]:
        """The text in pieces, each with what it looks like; empty where nothing does."""
        text = self["public_text"].value() or ""
        pieces: list[tuple[str, Any]] = []
        at = 0
        for found in personal_in(text):
            pieces += [(text[at : found.start], ""), (found.text, found.kind.value)]
            at = found.end
        return [*pieces, (text[at:], "")] if pieces else []

    def can_be_confirmed(self) -> bool:
        """Whether a tick is enough to let the text out."""
        found = personal_in(self["public_text"].value() or "")
        return self.is_bound and not any(one.kind in CERTAIN for one in found)

    def is_for_everybody(self) -> bool:
        """Whether the text goes out as the form stands."""
        return True

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        found = personal_in(facts.get("public_text") or "")
        if not found or not self.is_for_everybody():
            return facts
        if any(one.kind in CERTAIN for one in found):
            self.add_error("public_text", _("有标出的个人号码，请删去后再公开。"))
        elif not facts.get("is_checked"):
            self.add_error("public_text", _("标出的像是姓名等个人信息：请删去，或确认可以公开。"))
        return facts
