"""Inputs that several forms share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from binglian.domain.alliance.models import Alliance


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def category_field(alliance: Alliance) -> forms.ChoiceField:
    """The alliance's own member categories, none chosen beforehand."""
    words = [(word.code, str(word)) for word in alliance.category_words()]
    return forms.ChoiceField(label=_("成员类别"), choices=[("", "—"), *words])
