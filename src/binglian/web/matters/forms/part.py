"""What the forms of all acts have in common."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.matters.models import Matter

#: Fields that are for the page alone.
UNTOLD = {"is_checked", "is_reached"}


def radio() -> forms.RadioSelect:
    return forms.RadioSelect({"class": "form-check-input"})


def ticks() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple({"class": "form-check-input"})


def lines(label: Any, most: int, *, rows: int = 2, **options: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class MatterForm(forms.Form):
    """One act: on ``matter``, about the matter itself or a part of it, such as an assignment.

    Where ``verdicts`` are given, several buttons send the form, and the field named by ``asks``
    says which one was pressed.
    """

    asks = ""
    verdicts: tuple[tuple[str, Any], ...] = ()
    #: Fields that stand folded until one of them is wrong.
    folded: tuple[str, ...] = ()
    folded_label: Any = ""

    def __init__(self, *args: Any, matter: Matter, about: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, self.about = matter, about
        self.prepare()

    def prepare(self) -> None:
        """Fill in what can be chosen."""

    def facts(self) -> dict[str, Any]:
        """What the action takes; call after ``is_valid()``."""
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name not in UNTOLD}

    def plain_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.folded]

    def folded_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in self.folded]

    def members(self) -> Any:
        """Those to whom a matter can go."""
        return admitted_organisations(self.matter.alliance).order_by("name")


class ReasonForm(MatterForm):
    """A reason that the reporter reads."""

    reason = lines(_("理由"), 400, help_text=_("诉求人会看到。"))


class NoteForm(MatterForm):
    """Why it is not taken up."""

    note = lines(_("理由"), 400, help_text=_("诉求人会看到。"))


class TextForm(MatterForm):
    """What a helper tells the leader, or what came of a call."""

    text = lines(_("办理情况"), 2000, rows=4)


def pressed() -> forms.TypedChoiceField:
    """Which of the buttons ``yes`` and ``no`` sent the form."""
    return forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.HiddenInput(),
    )


class YesNoForm(MatterForm):
    """Two buttons say it all."""

    asks = "is_yes"
    is_yes = pressed()


class ReviewForm(YesNoForm):
    """Whether «unreasonable» holds."""

    verdicts = (("yes", _("成立，发出答复")), ("no", _("不成立，退回继续办理")))


class SignForm(YesNoForm):
    """Whether the whistle is blown."""

    verdicts = (("yes", _("同意，签发吹哨")), ("no", _("不签发")))
