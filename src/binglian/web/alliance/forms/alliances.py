"""Founding an alliance and changing its words and terms."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.publicness import Published
from binglian.domain.alliance.words import Word

from .parts import day_input


class AllianceForm(forms.ModelForm):
    """Name, description, terms, and what everybody may see."""

    published = forms.MultipleChoiceField(
        label=_("向公众公开"),
        choices=Published.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("勾选的清单进入公众页面、开放数据和开放接口；备注和联系方式从不公开"),
    )

    class Meta:
        model = Alliance
        fields = [
            "name",
            "name_en",
            "description",
            "description_en",
            "founded_on",
            "answer_days",
            "judge_days",
            "published",
        ]
        widgets = {
            "description": forms.Textarea({"rows": 3}),
            "description_en": forms.Textarea({"rows": 3}),
            "founded_on": day_input(),
        }


class WordForm(forms.Form):
    """One word of the alliance's own: a fixed code and its label in both languages."""

    code = forms.CharField(
        label=_("代码"),
        max_length=20,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("代码用小写英文字母、数字和下划线。"))],
    )
    zh = forms.CharField(label=_("中文"), max_length=20)
    en = forms.CharField(label=_("英文"), max_length=60, required=False)

    def as_word(self) -> Word:
        return Word(**{name: self.cleaned_data[name] for name in ("code", "zh", "en")})


class WordFormSet(forms.BaseFormSet):
    """A list of words; a word in use keeps its code and cannot be struck off."""

    def __init__(self, *args: Any, used: Collection[str] = (), **kwargs: Any) -> None:
        self.used = used
        super().__init__(*args, **kwargs)
        for form in self.forms:
            if form.initial.get("code"):
                form.fields["code"].disabled = True
                form.is_used = form.initial["code"] in used

    def clean(self) -> None:
        kept = [form for form in self.forms if form.has_changed() or form.initial]
        kept = [form for form in kept if not form.cleaned_data.get("DELETE")]
        codes = [form.cleaned_data.get("code") for form in kept]
        if len(codes) != len(set(codes)):
            raise forms.ValidationError(_("代码不能重复。"))
        lost = set(self.used) & ({f.initial.get("code") for f in self.forms} - set(codes))
        if lost:
            raise forms.ValidationError(
                _("“%(code)s”正在使用，不能删除。"), params={"code": _("、").join(sorted(lost))}
            )

    def words(self) -> list[Word]:
        """The list as it is to be; call after ``is_valid()``."""
        kept = [form for form in self.forms if form.cleaned_data.get("code")]
        return [form.as_word() for form in kept if not form.cleaned_data.get("DELETE")]


def words_formset(
    words: list[Word], *, used: Collection[str], prefix: str, data: Any = None
) -> WordFormSet:
    """Rows for the present words and two empty ones."""
    make: Any = forms.formset_factory(WordForm, formset=WordFormSet, extra=2, can_delete=True)
    initial = [{"code": word.code, "zh": word.zh, "en": word.en} for word in words]
    formset: WordFormSet = make(data, initial=initial, prefix=prefix, used=used)
    return formset


class FoundingForm(forms.ModelForm):
    """A new alliance and its two lead bodies, which may be new to the platform."""

    lead_a_name = forms.CharField(label=_("牵头单位甲"), max_length=120)
    lead_a_kind = forms.ChoiceField(label=_("牵头单位甲的类型"), choices=Organisation.Kind.choices)
    lead_b_name = forms.CharField(label=_("牵头单位乙"), max_length=120)
    lead_b_kind = forms.ChoiceField(
        label=_("牵头单位乙的类型"),
        choices=Organisation.Kind.choices,
        initial=Organisation.Kind.SUBDISTRICT,
    )

    class Meta:
        model = Alliance
        fields = ["name", "name_en", "slug", "description", "founded_on"]
        widgets = {"description": forms.Textarea({"rows": 3}), "founded_on": day_input()}
        help_texts = {"slug": _("出现在网址里，用小写英文字母和连字符，建立后不变。")}

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("lead_a_name") and facts["lead_a_name"] == facts.get("lead_b_name"):
            self.add_error("lead_b_name", _("两个牵头单位不能是同一个单位。"))
        return facts
