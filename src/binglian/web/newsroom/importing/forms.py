"""What is sent to import an announcement: a page or a text; then what is confirmed of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.announcements.facts.organisations import Organisation as Named
from binglian.announcements.reading import Announcement
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.newsroom.actions import ProposedMember
from binglian.domain.newsroom.facts import TEXTS, Draft
from binglian.domain.newsroom.queries import Known

#: How the alliance's own categories are guessed from the kind of organisation.
_CATEGORIES = {
    "department": "functional",
    "institution": "functional",
    "state_firm": "builder",
    "subdistrict": "subdistrict",
    "community": "community",
    "private_firm": "two_new",
    "social": "two_new",
    "merchant": "two_new",
}
_SUMMARY = 120  # characters of the first paragraph that make a summary


class UploadForm(forms.Form):
    """A saved page, or the text of one."""

    file = forms.FileField(
        label=_("保存的网页或文字稿"),
        required=False,
        help_text=_("浏览器里“另存为”的 .html，或 .txt；不会立即写入，先核对。"),
        widget=forms.FileInput({"accept": ".html,.htm,.txt"}),
    )
    pasted = forms.CharField(
        label=_("或把全文粘贴到这里"),
        required=False,
        help_text=_("第一行是标题。"),
        widget=forms.Textarea({"rows": 8, "class": "form-control"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("file") and not cleaned.get("pasted", "").strip():
            raise forms.ValidationError(_("请选择一个文件，或粘贴全文。"))
        return cleaned


class DraftForm(forms.Form):
    """The announcement to be drafted, in whose name."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label=_("以谁的名义起草公告"),
        required=False,
        empty_label=_("不起草公告，只提请成员"),
    )
    title = forms.CharField(label=TEXTS["title"].verbose_name, max_length=80, required=False)
    summary = forms.CharField(
        label=TEXTS["summary"].verbose_name,
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    body = forms.CharField(
        label=TEXTS["body"].verbose_name,
        required=False,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("个人姓名已经略去；起草后还可以修改、配图，再送审。"),
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations

    def draft(self) -> Draft | None:
        """The draft, where an organisation was chosen for it."""
        told = self.cleaned_data
        if not told["organisation"]:
            return None
        return Draft(title=told["title"], summary=told["summary"], body=told["body"])


class MemberRow(forms.Form):
    """One organisation of the page: to be put forward or not, with corrections."""

    take = forms.BooleanField(label=_("提请接纳"), required=False)
    name = forms.CharField(label=_("单位名称"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("单位类型"), choices=Organisation.Kind.choices)
    category = forms.ChoiceField(label=_("成员类别"))

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = alliance.category_words()
        self.fields["category"].choices = [(word.code, str(word)) for word in words]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["name"] = cleaned.get("name", "").strip()
        if cleaned.get("take") and not cleaned["name"]:
            self.add_error("name", _("请写单位名称，或取消勾选。"))
        return cleaned

    def member(self) -> ProposedMember | None:
        told = self.cleaned_data
        return (
            ProposedMember(told["name"], told["kind"], told["category"]) if told["take"] else None
        )


@dataclass(frozen=True, slots=True)
class Row:
    """What the page shows of one organisation: what was read, who it seems to be, the form."""

    named: Named
    known: Known | None
    form: MemberRow


def rows_of(
    alliance: Alliance, announcement: Announcement, known: Sequence[Known | None], sent: Any = None
) -> list[Row]:
    """A row for each organisation; members already in are only shown."""
    codes = {word.code for word in alliance.category_words()}
    pairs = zip(announcement.organisations, known, strict=True)
    return [
        Row(one, match, MemberRow(sent, prefix=f"o{number}", alliance=alliance, initial=initial))
        for number, (one, match) in enumerate(pairs)
        for initial in [_initial(one, match, codes)]
    ]


def draft_initial(announcement: Announcement, alliance: Alliance) -> dict[str, Any]:
    """The draft as read; in the name of the first lead, if the person writes for it."""
    paragraphs = announcement.body.split("\n")
    return {
        "organisation": alliance.lead_a_id,
        "title": announcement.title[:80],
        "summary": _first_sentences(paragraphs[0]),
        "body": "\n\n".join(paragraphs),
    }


def _initial(one: Named, match: Known | None, codes: set[str]) -> dict[str, Any]:
    category = _CATEGORIES.get(one.kind, "other")
    return {
        "take": match is None and bool({"lead", "signatory"} & {*one.roles}),
        "name": match.organisation.name if match else one.name,
        "kind": match.organisation.kind if match else one.kind,
        "category": category if category in codes else next(iter(sorted(codes)), ""),
    }


def _first_sentences(paragraph: str) -> str:
    if len(paragraph) <= _SUMMARY:
        return paragraph
    cut = paragraph.rfind("。", 0, _SUMMARY)
    return paragraph[: cut + 1] if cut > 0 else paragraph[: _SUMMARY - 1] + "…"
