"""The questions of a category (附加问题) as form fields.

They are stored in the form of Open311 service attributes: ``code``, ``description``,
``datatype`` and, where there are choices, ``values`` of ``key`` and ``name``. A report waits for
none of the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from binglian.domain.matters.models import Category

PREFIX = "answer_"


def question_fields(category: Category | None) -> dict[str, forms.Field]:
    """A field for each question that is one, by its name in the form."""
    questions = category.attributes if category else []
    asked = sorted(questions, key=lambda question: question.get("order", 0))
    return {
        PREFIX + question["code"]: _field(question)
        for question in asked
        if question.get("variable", True)
    }


def answers_in(cleaned: Mapping[str, Any], category: Category | None) -> dict[str, Any]:
    """The answers given, by the code of their question, as JSON keeps them."""
    answers = {}
    for name in question_fields(category):
        value = cleaned.get(name)
        if value not in (None, "", []):
            answers[name.removeprefix(PREFIX)] = value
    return answers


def _field(question: Mapping[str, Any]) -> forms.Field:
    label = question.get("description", question["code"])
    choices = [(str(one["key"]), one["name"]) for one in question.get("values", ())]
    match question.get("datatype"):
        case "singlevaluelist":
            return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False)
        case "multivaluelist":
            return forms.MultipleChoiceField(
                label=label,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
            )
        case "number":
            return forms.FloatField(label=label, required=False)
        case "text":
            return forms.CharField(
                label=label, max_length=500, required=False, widget=forms.Textarea({"rows": 2})
            )
        case _:  # string, datetime: as people write it
            return forms.CharField(label=label, max_length=120, required=False)
