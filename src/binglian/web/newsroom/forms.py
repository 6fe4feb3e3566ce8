"""What people type about announcements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.newsroom.facts import Draft, IllustrationFacts
from binglian.domain.newsroom.models import AnnouncementVersion, NewsPicture
from binglian.domain.newsroom.personal import Flag


def _lines(label: Any, rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **options)


def _moment(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options
    )


class AnnouncementForm(forms.Form):
    """Title, summary, text; English and origin stand folded."""

    organisation = forms.ModelChoiceField(
        label=_("发布单位"), queryset=Organisation.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("标题"), max_length=80)
    summary = _lines(
        pgettext_lazy("news", "摘要"),
        2,
        max_length=200,
        help_text=_("一两句话，列表和转发时显示。"),
    )
    body = _lines(
        _("正文"),
        14,
        max_length=20000,
        help_text=_(
            "空一行分段。“## ”开头是小标题，“- ”开头是列表，**两边加星号**是加粗，"
            "[文字](网址) 是链接。"
        ),
    )
    is_statement = forms.BooleanField(
        label=_("这是代表联盟的公开声明"),
        required=False,
        help_text=_("审核后还要牵头单位同意，才会发布。"),
    )
    title_en = forms.CharField(label=_("英文标题"), max_length=160, required=False)
    summary_en = _lines(_("英文摘要"), 2, max_length=400, required=False)
    body_en = _lines(_("英文正文"), 10, max_length=40000, required=False)
    source = forms.CharField(
        label=_("来源"), max_length=80, required=False, help_text=_("转自别处时写。")
    )
    source_url = forms.URLField(
        label=_("原文网址"), max_length=300, required=False, assume_scheme="https"
    )

    FOLDED = ("title_en", "summary_en", "body_en", "source", "source_url")

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations.order_by("name")

    def plain_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.FOLDED]

    def folded_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in self.FOLDED]

    def has_folded(self) -> bool:
        """Whether what is folded is filled in or wrong."""
        return any(field.value() or field.errors for field in self.folded_fields())

    def draft(self, illustrations: tuple[IllustrationFacts, ...]) -> Draft:
        facts = {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
        return Draft(illustrations=illustrations, **facts)


class PictureForm(forms.Form):
    """A picture that is there (``picture``) or a new file, and what is said of it."""

    picture = forms.IntegerField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("图片文件"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPG、PNG 或 WebP，不超过 15 MB；拍摄地点等信息会自动去掉。"),
    )
    alternative = forms.CharField(
        label=_("替代文字"),
        max_length=200,
        required=False,
        help_text=_("图上是什么？念给看不见图的人听。"),
    )
    caption = forms.CharField(label=_("图片说明"), max_length=120, required=False)
    credit = forms.ModelChoiceField(
        label=_("图片来源"), queryset=Organisation.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credit"].queryset = admitted_organisations(alliance).order_by("name")

    def known(self) -> int | None:
        """The id of the picture that is there, for showing it."""
        value = str(self["picture"].value() or "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        is_there = bool(facts.get("picture") or facts.get("file"))
        if is_there and not facts.get("alternative"):
            self.add_error("alternative", _("请写替代文字：看不见图的人靠它知道图上是什么。"))
        elif not is_there and (facts.get("alternative") or facts.get("caption")):
            self.add_error("file", _("请选图片文件。"))
        return facts


class PictureFormSet(forms.BaseFormSet):
    """The pictures in their order; the last row is for a new one."""

    def illustrations(self, kept: dict[int, NewsPicture]) -> tuple[IllustrationFacts, ...]:
        """Those to show; ``kept`` are the pictures that are there, by their ids."""
        wanted = []
        for form in self.forms:
            facts = form.cleaned_data
            picture = kept.get(facts.get("picture") or 0)
            file = facts.get("file")
            if facts.get("DELETE") or not (picture or file):
                continue
            wanted.append(
                IllustrationFacts(
                    alternative=facts["alternative"],
                    caption=facts["caption"],
                    credit=facts["credit"],
                    picture=None if file else picture,
                    content=file.read() if file else b"",
                )
            )
        return tuple(wanted)


def pictures_formset(
    alliance: Alliance, version: AnnouncementVersion | None, data: Any = None, files: Any = None
) -> PictureFormSet:
    make: Any = forms.formset_factory(
        PictureForm, formset=PictureFormSet, extra=1, can_delete=True, max_num=9
    )
    there = version.illustrations.all() if version else ()
    initial = [
        {
            "picture": one.picture_id,
            "alternative": one.alternative,
            "caption": one.caption,
            "credit": one.credit_id,
        }
        for one in there
    ]
    formset: PictureFormSet = make(
        data, files, initial=initial, prefix="pictures", form_kwargs={"alliance": alliance}
    )
    return formset


class SubmitForm(forms.Form):
    """When it goes out, and an answer for each word that looks personal."""

    goes_out_at = _moment(_("发布时间"), required=False, help_text=_("不填：审核通过就发布。"))
    may_be_public = forms.MultipleChoiceField(
        label=_("确认可以公开"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, flags: list[Flag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = [flag for flag in flags if not flag.is_certain]
        if open_ones:
            self.fields["may_be_public"].choices = [
                (flag.text, f"“{flag.text}”（{flag.kind.value}，{flag.where}）")
                for flag in open_ones
            ]
        else:
            del self.fields["may_be_public"]

    def clean_goes_out_at(self) -> Any:
        moment = self.cleaned_data["goes_out_at"]
        if moment and moment <= now():
            raise forms.ValidationError(_("这个时间已经过去；不填就是审核通过即发布。"))
        return moment


class ReviewForm(forms.Form):
    """Two buttons, and a reason for the second."""

    verdict = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    why = _lines(_("意见"), 2, max_length=400, required=False, help_text=_("退回时必填。"))


class MoveForm(forms.Form):
    goes_out_at = _moment(_("发布时间"), required=False, help_text=_("不填：现在就发布。"))


class WithdrawForm(forms.Form):
    why = _lines(
        _("撤回说明"), 2, max_length=400, help_text=_("留在原来的网址上，谁打开都看得到。")
    )
