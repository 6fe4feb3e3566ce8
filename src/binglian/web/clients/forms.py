"""What is asked about a program before it gets a key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.clients.actions import MOST_PER_MINUTE
from binglian.domain.clients.models import ApiClient, Scope


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
        fields = ["name", "contact", "scopes", "per_minute"]
