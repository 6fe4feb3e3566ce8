"""What is asked about a program before it gets a key."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Organisation
from binglian.domain.clients.actions import MOST_PER_MINUTE
from binglian.domain.clients.models import OF_A_MEMBER, ApiClient, Scope


class ProgramForm(forms.ModelForm):
    """A new program; by default it reports matters and reads what is public."""

    scopes = forms.MultipleChoiceField(
        label=_("权限"),
        choices=Scope.choices,
        initial=[Scope.READ, Scope.REPORT],
        widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
        error_messages={"required": _("请至少选一项权限。")},
    )
    per_minute = forms.IntegerField(
        label=_("每分钟次数"), min_value=1, max_value=MOST_PER_MINUTE, initial=60
    )

    class Meta:
        model = ApiClient
        fields = ["name", "contact", "organisation", "scopes", "per_minute"]

    def __init__(
        self, *args: Any, own: QuerySet[Organisation], manages: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        whose: Any = self.fields["organisation"]
        whose.queryset = own
        whose.empty_label = _("不代表任何单位") if manages else _("请选择单位")
        whose.required = not manages
        if not own.exists():  # nobody else gives a program a member's voice
            del self.fields["organisation"]
            scopes: Any = self.fields["scopes"]
            scopes.choices = [pair for pair in Scope.choices if pair[0] not in OF_A_MEMBER]
