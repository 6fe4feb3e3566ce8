"""What can be reported: the alliance's categories, and what each of them asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.alliance.models import Alliance
from binglian.domain.matters.models import Category
from binglian.domain.matters.queries import categories_of

from .endpoint import Asked
from .refusals import Refused


def services(asked: Asked) -> tuple[str, Any]:
    """GET Service List."""
    return "services", [_service(category) for category in categories_of(asked.alliance())]


def service(asked: Asked, service_code: str) -> tuple[str, Any]:
    """GET Service Definition."""
    category = category_of(asked.alliance(), service_code)
    return "service_definition", {
        "service_code": category.code,
        "attributes": [
            _attribute(question, n) for n, question in enumerate(questions(category), 1)
        ],
    }


def category_of(alliance: Alliance, code: str) -> Category:
    """The category in use with this code."""
    found = None if "\0" in code else categories_of(alliance).filter(code=code).first()
    if found is None:
        raise Refused(404, _("没有 service_code “%(code)s”。") % {"code": code[:40]})
    return found


def questions(category: Category) -> list[Mapping[str, Any]]:
    """The category's questions in the order they are asked."""
    return sorted(category.attributes, key=lambda question: question.get("order", 0))


def is_asked(question: Mapping[str, Any]) -> bool:
    """Whether it wants an answer, rather than telling something."""
    return bool(question.get("variable", True))


def choices(question: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(question.get("values") or [])


def _service(category: Category) -> dict[str, Any]:
    return {
        "service_code": category.code,
        "service_name": str(category),
        "description": category.hint,
        "metadata": bool(category.attributes),
        "type": "realtime",
        "keywords": ", ".join(category.keywords),
        "group": category.group,
    }


def _attribute(question: Mapping[str, Any], order: int) -> dict[str, Any]:
    told = {
        "variable": is_asked(question),
        "code": question["code"],
        "datatype": question.get("datatype", "string"),
        "required": bool(question.get("required", False)),
        "datatype_description": question.get("datatype_description"),
        "order": order,
        "description": question.get("description", question["code"]),
    }
    if values := choices(question):
        told["values"] = [{"key": str(one["key"]), "name": one["name"]} for one in values]
    return told
