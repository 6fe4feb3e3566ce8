"""What is typed about places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.alliance.queries import admitted_organisations
from binglian.domain.heritage.actions.places import TENDED
from binglian.domain.heritage.models import Guardian, Place
from binglian.domain.heritage.queries import matching
from binglian.domain.heritage.words import GRADES
from binglian.domain.places.models import Area

_FACTS = (
    "number", "name_zh", "name_en", "kind", "part_of", "address", "area", "longitude", "latitude",
    "key_parts", "built", "structure", "storeys", "floor_area", "units", "vacant_units", "tenancy",
    "condition", "has_fire_access", "intended_trade", "actual_use", "history", "history_en",
    "note", "is_public",
)  # fmt: skip
#: What most people fill in; the rest of the form folds away.
FIRST = (
    "name_zh", "kind", "address", "area", "key_parts", "built", "floor_area", "units",
    "vacant_units", "condition", "intended_trade", "actual_use", "is_public",
)  # fmt: skip
_YES_NO = ((None, "—"), (True, _("是")), (False, _("否")))
_AREAS = [Area.Kind.SUBDISTRICT, Area.Kind.COMMUNITY, Area.Kind.RENEWAL]


class PlaceFilter(forms.Form):
    """Which places to show; what cannot be read narrows nothing."""

    q = forms.CharField(label=_("名称、编号或地址"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("类型"), choices=[("", _("全部")), *Place.Kind.choices], required=False
    )
    grade = forms.ChoiceField(
        label=_("保护等级"),
        choices=[("", _("全部")), ("ungraded", _("还没定级")), *((w.code, w) for w in GRADES)],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("阶段"), choices=[("", _("全部")), *Place.State.choices], required=False
    )
    use = forms.ChoiceField(
        label=_("使用情况"),
        choices=[
            ("", _("全部")),
            ("vacant", _("有空置")),
            ("other", _("用途与打算不同")),
            ("dangerous", _("危险房屋")),
        ],
        required=False,
    )

    @property
    def is_used(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, places: QuerySet[Place]) -> QuerySet[Place]:
        self.is_valid()
        asked = self.cleaned_data
        places = matching(places, asked.get("q", ""))
        if asked.get("kind"):
            places = places.filter(kind=asked["kind"])
        if asked.get("grade"):
            places = places.filter(grade=asked["grade"].replace("ungraded", ""))
        if asked.get("state"):
            places = places.filter(state=asked["state"])
        return _in_use(places, asked.get("use", ""))


def _in_use(places: QuerySet[Place], use: str) -> QuerySet[Place]:
    if use == "vacant":
        return places.filter(vacant_units__gt=0)
    if use == "other":
        return places.filter(state=Place.State.IN_USE).exclude(actual_use=F("intended_trade"))
    if use == "dangerous":
        return places.filter(condition=Place.Condition.DANGEROUS)
    return places


class _PlaceForm(forms.ModelForm):
    """Facts of a place; the action saves them, the form never does."""

    has_fire_access = forms.TypedChoiceField(
        label=_("消防车可到达"),
        choices=_YES_NO,
        coerce={"True": True, "False": False}.get,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Place
        fields: tuple[str, ...] = _FACTS
        widgets = {
            "key_parts": forms.Textarea({"rows": 2}),
            "history": forms.Textarea({"rows": 3}),
            "history_en": forms.Textarea({"rows": 3}),
        }

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def _post_clean(self) -> None:
        """The action asks all questions, of the form too; it tells them as one sentence."""


class PlaceForm(_PlaceForm):
    """Everything but grade, stage and outline, which have their own doors."""

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False
        self.fields["number"].help_text = _("留空由系统编号")
        others = alliance.heritage.filter(kind=Place.Kind.COURTYARD)
        self.fields["part_of"].queryset = others.exclude(pk=self.instance.pk)
        self.fields["area"].queryset = Area.objects.filter(kind__in=_AREAS, is_retired=False)
        self.fields["area"].help_text = _("有经纬度时可留空，自动认出街道")
        if self.instance.pk and not self.instance.is_before_works:
            self.fields["intended_trade"].disabled = True
            self.fields["intended_trade"].help_text = _("施工已经开始，修缮前的打算不能再改")

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in _FACTS if name not in FIRST]

    @property
    def has_folded_error(self) -> bool:
        return any(field.errors for field in self.folded)


class TendForm(_PlaceForm):
    """What those responsible keep up to date themselves."""

    class Meta(_PlaceForm.Meta):
        fields = TENDED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_before_works:
            self.fields["intended_trade"].disabled = True
            self.fields["intended_trade"].help_text = _("施工已经开始，修缮前的打算不能再改")

    folded: tuple[forms.BoundField, ...] = ()
    has_folded_error = False

    @property
    def first(self) -> list[forms.BoundField]:
        return list(self)


class GradeForm(forms.Form):
    """How a place is protected, and by which document."""

    grade = forms.ChoiceField(label=_("保护等级"), choices=[(w.code, w) for w in GRADES])
    basis = forms.CharField(
        label=_("定级依据"),
        max_length=200,
        required=False,
        help_text=_("公布文件的名称和文号"),
    )


class StepForm(forms.Form):
    """The next stage, and what it asks to be said."""

    said = forms.CharField(max_length=120, required=False)
    on = forms.DateField(label=_("日期"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            Place.State.PLANNED: (_("修缮后打算做什么业态"), place.intended_trade),
            Place.State.IN_USE: (_("实际怎样使用"), place.actual_use),
        }
        asked = labels.get(Place.State(place.next_state)) if place.next_state else None
        if asked:
            self.fields["said"].label, self.fields["said"].initial = asked
            self.fields["said"].required = True
        else:
            del self.fields["said"]


class GuardianForm(forms.Form):
    """A member, and as what it is responsible."""

    organisation = forms.ModelChoiceField(label=_("单位"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(label=_("身份"), choices=Guardian.Role.choices)

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = admitted_organisations(alliance)


class FileForm(forms.Form):
    """A photo or a PDF with its caption."""

    file = forms.FileField(
        label=_("照片或 PDF"),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    caption_zh = forms.CharField(
        label=pgettext_lazy("picture", "说明"),
        max_length=120,
        help_text=_("拍的是什么，什么时候；读屏软件会念出来"),
    )
    caption_en = forms.CharField(label=_("英文说明"), max_length=160, required=False)
    is_public = forms.BooleanField(label=_("向公众公开"), required=False)


class CaptionForm(forms.Form):
    """The caption of a file that is there."""

    caption_zh = forms.CharField(max_length=120)
    caption_en = forms.CharField(max_length=160, required=False)
    is_public = forms.BooleanField(required=False)
