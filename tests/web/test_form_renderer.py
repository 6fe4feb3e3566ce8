"""Lists to choose from are written without templates, and look as Django's do."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test import SimpleTestCase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from binglian.web.form_renderer import FormRenderer

pytestmark = pytest.mark.once

CHOICES = [
    ("", gettext_lazy("全部")),
    (1, 'one & "two"'),
    ("<3>", mark_safe("&lt;3&gt;")),
    ("in a group", [("4", "four"), ("5", "five")]),
]


@pytest.mark.parametrize("chosen", [None, 1, "4", "<3>", "unknown"])
@pytest.mark.parametrize("attributes", [{}, {"class": "a b", "required": True, "disabled": False}])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
def test_a_list_to_choose_from_is_the_html_that_django_writes(widget, attributes, chosen):
    asked = widget(choices=CHOICES) if widget is not forms.NullBooleanSelect else widget()
    value = [chosen] if widget is forms.SelectMultiple else chosen

    ours, theirs = (
        asked.render('na"me', value, attributes, renderer)
        for renderer in (FormRenderer(), DjangoTemplates())
    )

    SimpleTestCase().assertHTMLEqual(ours, theirs)
