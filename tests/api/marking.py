"""Marks in every text that no rule makes public, so that one can look whether any gets out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.datasets import DATASETS

MARK = "Zq9x"
_LEAST = 7  # characters that a mark takes
#: Rows that hold the machine together, and that triggers guard.
_LEFT_ALONE = ("ledger", "sessions", "contenttypes", "django_tasks_database", "axes")
_TEXTS = (models.CharField, models.TextField)

#: What is public of rows that are public: nothing else is left unmarked.
PUBLIC = {
    "alliance.alliance": ("slug", "name", "name_en", "description", "description_en"),
    "alliance.membership": ("category",),
    "alliance.organisation": ("name", "name_en", "kind", "credit_code"),
    "coupling.commitment": (),
    "coupling.component": ("kind", "title", "unit"),
    "coupling.need": ("number", "title", "place", "reason"),
    "coupling.offer": ("number", "kind", "title", "place", "unit", "frequency"),
    "governance.decision": ("act",),
    "governance.meeting": (),
    "governance.resolution": ("text",),
    "heritage.place": (
        *("number", "name_zh", "name_en", "address", "built", "structure"),
        *("grade_basis", "key_parts", "intended_trade", "actual_use"),
    ),
    "heritage.space": ("floor",),
    "matters.category": ("code", "name_zh", "name_en", "group_zh", "group_en", "hint_zh"),
    # Lines of a place that could tell who reported are left out: matters/public_facts.py.
    "matters.matter": ("number", "public_text", "address", "courtyard"),
    "matters.matterevent": ("what",),
    "newsroom.announcementversion": (
        *("title", "summary", "body", "title_en", "summary_en", "body_en"),
    ),
    # Open questions stand in the public calendar by their numbers.
    "openness.projectquestion": ("number",),
    "places.area": ("name", "name_en", "code"),
    "places.boundary": ("source", "licence"),
    "projects.plan": (),
    "projects.plannedtask": ("reason_zh", "reason_en"),
    "projects.project": ("number", "title_zh", "title_en", "place", "kind", "description"),
    "projects.task": ("title_zh", "title_en", "code", "number", "group"),
}


def mark_what_is_not_public(alliance: Alliance) -> dict[str, str]:
    """Mark every text of the database that is not ``PUBLIC``; give the field of each mark.

    Of models behind a dataset, rows that the dataset does not show are marked in every text.
    """
    shown = _shown(alliance)
    marked: dict[str, str] = {}
    for model in apps.get_models():
        if model._meta.app_label in _LEFT_ALONE or not model._meta.managed:
            continue
        public = PUBLIC.get(model._meta.label_lower, ())
        for field in _texts(model):
            rows = model._base_manager.all()
            if field.name in public:
                if model not in shown:
                    continue
                rows = rows.exclude(pk__in=shown[model])
            mark = f"{MARK}{len(marked):03}"
            if _marked(rows, field, mark):
                marked[mark] = f"{model._meta.label_lower}.{field.name}"
    return marked


def _shown(alliance: Alliance) -> dict[type[models.Model], list[int]]:
    found: dict[type[models.Model], list[int]] = {}
    for dataset in DATASETS:
        rows = dataset.rows(alliance)
        if rows.model._meta.label_lower in PUBLIC:
            found.setdefault(rows.model, []).extend(rows.values_list("pk", flat=True))
    return found


def _texts(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        is_free = isinstance(field, _TEXTS) and not (field.choices or field.unique)
        if is_free and (field.max_length is None or field.max_length >= _LEAST):
            yield field


def _marked(rows: models.QuerySet[Any], field: Any, mark: str) -> bool:
    """Each row its own mark where the field is long enough, so that uniqueness holds."""
    return _tried(rows, field, mark) or _tried(rows.exclude(**{field.name: ""}), field, mark)


def _tried(rows: models.QuerySet[Any], field: Any, mark: str) -> bool:
    room = (field.max_length or 40) - len(mark)
    keys = list(rows.values_list("pk", flat=True))
    with suppress(IntegrityError), transaction.atomic():
        for key in keys:
            told = {field.name: mark + str(key)[:room]}
            rows.model._base_manager.filter(pk=key).update(**told)
        return bool(keys)
    return False
