"""What anybody fills in: a report, what to look for, what one thinks of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.facts import ContactFacts, MatterFacts, PhotoFacts
from binglian.domain.matters.models import Category, Matter, Revisit
from binglian.domain.matters.photos import MOST_PHOTOS, photo_facts
from binglian.domain.matters.queries import categories_of, matter_rules_of
from binglian.domain.places.models import Area
from binglian.domain.refusals import ActionRefused
from binglian.photos import MOST_BYTES
from binglian.web.contact_form import ContactForm
from binglian.web.row_choices import RowChoice

from .questions import answers_in, question_fields


def consent_text(alliance: Alliance) -> str:
    """What a reporter agrees to by leaving a contact; kept with the contact, word for word."""
    return gettext(
        "我同意%(alliance)s为办理这件事使用我留下的联系方式：只有承办和回访人员能看，每次查看留痕；"
        "办结后最多保存 %(days)s 天，到期自动删除；我随时可以用查询链接导出或删除。"
    ) % {"alliance": alliance, "days": matter_rules_of(alliance).kept_days}


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> list[UploadedFile]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class PhotosField(forms.Field):
    """Up to four pictures, each re-encoded as it comes in."""

    widget = _SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, value: Sequence[UploadedFile]) -> list[PhotoFacts]:
        if len(value) > MOST_PHOTOS:
            raise forms.ValidationError(_("最多 %(n)s 张照片。") % {"n": MOST_PHOTOS})
        taken, errors = [], []
        for number, file in enumerate(value, 1):
            try:
                # A file known to be too big is not read at all.
                content = file.read(MOST_BYTES + 1)
                alternative = gettext("诉求照片 %(n)s") % {"n": number}
                taken.append(photo_facts(content, alternative))
            except ActionRefused as refused:
                told = _("第 %(n)s 张照片：%(why)s") % {"n": number, "why": refused}
                errors.append(forms.ValidationError(told))
        if errors:
            raise forms.ValidationError(errors)
        return taken


class ReportForm(ContactForm):
    """A report by anybody. Only the words are needed, and where, or that one cannot say where."""

    source = Matter.Source.WEB
    unagreed = _("留联系方式须先同意；不想留，请清空上面几栏。")

    text = forms.CharField(
        label=_("什么事？"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        error_messages={"required": _("请写一句话：什么事。")},
    )
    category = forms.ModelChoiceField(
        label=_("类别"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("我不清楚，请工作人员判断"),
    )
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("地点"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("路名、门牌、附近的店")}),
    )
    courtyard = forms.CharField(label=_("里院或小区"), max_length=60, required=False)
    is_place_unknown = forms.BooleanField(label=_("我说不清在哪儿"), required=False)
    photos = PhotosField(label=_("照片"), required=False)

    def __init__(self, *args: Any, alliance: Alliance, to: Matter | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.alliance, self.to = alliance, to
        self.fields["category"].queryset = categories_of(alliance)
        self.fields["has_agreed"].label = self.consent()
        if to is not None:  # its words and its place are known
            self.fields["text"].required = False
            self.fields["text"].label = _("想补充什么？")
        self.fields |= question_fields(self._chosen_category())

    def consent(self) -> str:
        """What whoever leaves a contact agrees to."""
        return consent_text(self.alliance)

    def _chosen_category(self) -> Category | None:
        pk = self.data.get("category", "") if self.is_bound else ""
        return self.fields["category"].queryset.filter(pk=pk).first() if pk.isdigit() else None

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions of the chosen category."""
        return [self[name] for name in question_fields(self._chosen_category())]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if (cleaned.get("longitude") is None) != (cleaned.get("latitude") is None):
            cleaned["longitude"] = cleaned["latitude"] = None
        self._ask_where(cleaned)
        if self.contact() and not cleaned.get("has_agreed"):
            self.add_error("has_agreed", self.unagreed)
        return cleaned

    def _ask_where(self, cleaned: dict[str, Any]) -> None:
        told = cleaned.get("longitude") is not None or cleaned.get("is_place_unknown")
        told = told or cleaned.get("address") or cleaned.get("courtyard") or self.to
        if not told and "address" not in self.errors and "courtyard" not in self.errors:
            self.add_error("address", _("请写大致地点，或勾选“我说不清在哪儿”。"))

    def facts(self) -> MatterFacts:
        """What to report; without a word of their own, «the same here»."""
        cleaned, to = self.cleaned_data, self.to
        contact = self.contact()
        return MatterFacts(
            text=cleaned["text"] or gettext("我也遇到了同样的问题。"),
            category=cleaned["category"] or (to.category if to else None),
            source=self.source,
            longitude=to.longitude if to else cleaned["longitude"],
            latitude=to.latitude if to else cleaned["latitude"],
            address=cleaned["address"],
            courtyard=cleaned["courtyard"],
            contact=ContactFacts(**contact, consent_text=self.consent()) if contact else None,
            photos=cleaned["photos"],
            answers=answers_in(cleaned, cleaned["category"]),
        )


class PublicFilter(forms.Form):
    """What to look for among public matters."""

    STATES = (
        ("", _("全部")),
        ("open", _("办理中")),
        ("replied", _("已答复")),
        ("parked", _("挂账")),
    )

    q = forms.CharField(label=_("内容或编号"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("进展"), choices=STATES, required=False)
    category = RowChoice(Category, label=_("类别"))
    area = RowChoice(Area, label=_("街道"))

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories_of(alliance).filter(is_public=True)
        self.fields["area"].queryset = Area.objects.filter(kind=Area.Kind.SUBDISTRICT)


def _radios() -> forms.RadioSelect:
    return forms.RadioSelect({"class": "form-check-input"})


class RevisitForm(forms.Form):
    """What the reporter says of the answer."""

    solved = forms.ChoiceField(
        label=_("问题解决了吗？"),
        choices=Revisit.Solved,
        widget=_radios(),
    )
    content = forms.ChoiceField(
        label=_("对办理满意吗？"),
        choices=Revisit.Content,
        widget=_radios(),
    )
    note = forms.CharField(
        label=_("想说的话"), max_length=400, required=False, widget=forms.Textarea({"rows": 2})
    )


class AdditionForm(forms.Form):
    """Something new about one's own matter."""

    text = forms.CharField(
        label=_("补充情况"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("请写要补充的情况。")},
    )


class EraseForm(forms.Form):
    """Erasing cannot be undone."""

    is_sure = forms.BooleanField(
        label=_("我确定：删除我的联系方式、原文和照片，删除后不能恢复，也不能再联系到我。"),
        error_messages={"required": _("请先勾选确认。")},
    )
