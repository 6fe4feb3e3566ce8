"""What people type about agreements."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.governance.models import Agreement, Clause

#: Key and name of what can be chosen.
Choices = list[tuple[Any, str]]


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def _text(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **options)


class TermForm(forms.Form):
    """Title, term and periods."""

    title = forms.CharField(label=_("名称"), max_length=120)
    title_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    from_on = _day(_("自"), required=False)
    until_on = _day(_("至"), required=False)
    notice_days = forms.IntegerField(
        label=_("退出通知期（天）"), min_value=0, max_value=365, initial=30
    )
    renewal_days = forms.IntegerField(
        label=_("到期前几天提醒续签"), min_value=0, max_value=365, initial=60
    )


class NewAgreementForm(TermForm):
    """A new agreement, begun from the template of its kind."""

    kind = forms.ChoiceField(
        label=_("类型"), choices=Agreement.Kind.choices, initial=Agreement.Kind.COBUILDING
    )
    field_order = ["kind", "title"]


class DraftForm(TermForm):
    """The facts of a version still being written."""

    preamble = _text(_("前言"), 4, max_length=4000, required=False)


class ClauseForm(forms.Form):
    """One clause; English may follow later."""

    heading = forms.CharField(label=_("标题"), max_length=80)
    text = _text(_("条文"), 5, max_length=8000)
    heading_en = forms.CharField(label=_("英文标题"), max_length=120, required=False)
    text_en = _text(_("英文条文"), 4, max_length=12000, required=False)


class PledgeForm(forms.Form):
    """Who promises whom what, how one will know, and by when."""

    giver = forms.ModelChoiceField(label=_("承诺单位"), queryset=Organisation.objects.none())
    receiver = forms.ModelChoiceField(
        label=_("评价单位"), queryset=Organisation.objects.none(), help_text=_("由谁说兑现了没有")
    )
    title = forms.CharField(label=_("承诺事项"), max_length=200)
    title_en = forms.CharField(label=_("英文"), max_length=300, required=False)
    target = forms.CharField(
        label=_("可衡量的目标"), max_length=300, help_text=_("例如：全年不少于 4 场")
    )
    due_on = _day(_("兑现期限"))

    def __init__(self, *args: Any, alliance: Alliance, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side in ("giver", "receiver"):
            self.fields[side].queryset = admitted_organisations(alliance)
            self.fields[side].choices = choices


def member_choices(alliance: Alliance) -> Choices:
    """The members to choose from, read once for all the lists of a page."""
    members = admitted_organisations(alliance)
    return [("", "---------"), *((member.pk, str(member)) for member in members)]


class CommentsUntilForm(forms.Form):
    until = _day(_("意见截止"))


class SignUntilForm(forms.Form):
    until = _day(_("确认截止"))


class WhyForm(forms.Form):
    why = _text(_("理由"), 2, max_length=400)


class CommentForm(forms.Form):
    """What a member says about a clause or the whole."""

    organisation = forms.ModelChoiceField(
        label=_("单位"), queryset=Organisation.objects.none(), empty_label=None
    )
    clause_number = forms.TypedChoiceField(label=_("针对"), coerce=int)
    text = _text(_("意见"), 3, max_length=1000)

    def __init__(
        self, *args: Any, clauses: Iterable[Clause], own: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in own]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=keys)
        self.fields["organisation"].choices = [(one.pk, str(one)) for one in own]
        numbers = [(one.number, str(one)) for one in clauses]
        self.fields["clause_number"].choices = [(0, _("全文")), *numbers]


class AnswerCommentForm(forms.Form):
    answer = _text(_("答复"), 2, max_length=1000)


class ScanForm(forms.Form):
    scan = forms.FileField(label=_("盖章页扫描件"), help_text=_("PDF、JPG 或 PNG，不超过 10 MB"))


class ExpelForm(WhyForm):
    """Whom to expel, and why."""

    organisation = forms.ModelChoiceField(
        label=_("单位"), queryset=Organisation.objects.none(), empty_label=None
    )
    field_order = ["organisation", "why"]

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = parties
