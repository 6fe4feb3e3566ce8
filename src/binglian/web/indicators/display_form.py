"""What is typed to open a screen."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DisplayForm(forms.Form):
    name = forms.CharField(
        label=_("放在哪里"), max_length=60, help_text=_("例如：街道一楼大厅。停用时好认")
    )
