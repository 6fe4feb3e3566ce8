"""The answers to a category's questions, checked against what it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from binglian.domain.matters.models import Category

from .parameters import Parameters, in_w3c
from .refusals import Refused
from .services import choices, is_asked, questions

_NAME = re.compile(r"attribute\[(?P<code>[^\]]*)\](?:\[\])?")


def answers_of(parameters: Parameters, category: Category) -> dict[str, Any]:
    """``attribute[CODE]`` by code, as JSON keeps it; several values for a multivaluelist."""
    asked = {question["code"]: question for question in questions(category) if is_asked(question)}
    for name in parameters.names():
        match = _NAME.fullmatch(name)
        if match and match["code"] not in asked:
            raise Refused(
                400,
                _("类别“%(code)s”没有附加问题 %(name)s。")
                % {"code": category.code, "name": name[:60]},
            )
    given = {}
    for code, question in asked.items():
        name = f"attribute[{code}]"
        values = parameters.texts(name, 500) or parameters.texts(f"{name}[]", 500)
        if values:
            given[code] = _answer(parameters, name, values, question)
        elif question.get("required"):
            raise Refused(400, _("%(name)s 必填。") % {"name": name})
    return given


def _answer(
    parameters: Parameters, name: str, values: list[str], question: Mapping[str, Any]
) -> Any:
    kind = question.get("datatype", "string")
    if kind in ("singlevaluelist", "multivaluelist"):
        keys = [str(one["key"]) for one in choices(question)]
        for value in values:
            if value not in keys:
                raise Refused(
                    400,
                    _("%(name)s 须是 %(keys)s 之一，收到的是“%(value)s”。")
                    % {"name": name, "keys": "、".join(keys), "value": value[:40]},
                )
        return values if kind == "multivaluelist" else values[-1]
    if kind == "number":
        return parameters.number(name, -1e15, 1e15)
    if kind == "datetime":
        return in_w3c(parameters.moment(name))
    if kind == "string":
        return " ".join(values[-1].split())
    return values[-1]
