"""What import contracts cannot see."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

import binglian

pytestmark = pytest.mark.once

SOURCE = Path(binglian.__file__).parent
#: From the ground up: a subject may point only at those before it.
SUBJECTS = [
    "accounts",
    "ledger",
    "places",
    "alliance",
    "clients",
    "governance",
    "coupling",
    "checkups",
    "heritage",
    "projects",
    "matters",
    "openness",
    "checks",
    "newsroom",
    "indicators",
    "search",
]
#: Writing outside actions would escape permission and ledger.
WRITES = {
    "save",
    "create",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


def test_no_table_points_upward():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for subject in SUBJECTS
        for model in apps.get_app_config(subject).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
        if SUBJECTS.index(field.related_model._meta.app_label) > SUBJECTS.index(subject)
    ]

    assert upward == []


def test_every_table_belongs_to_a_subject():
    ours = {m._meta.app_label for m in apps.get_models() if m.__module__.startswith("binglian")}

    assert ours == set(SUBJECTS)


def test_only_actions_write():
    elsewhere = []
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE)
        layer = where.parts[0]
        if layer not in ("domain", "web", "api", "command") or "migrations" in where.parts:
            continue
        if "actions" in where.parts or where.name == "actions.py":
            continue
        elsewhere += [f"{where}:{line} .{name}()" for line, name in _writes_in(path)]

    # allauth's reset form, whose «save» sends a mail and writes nothing
    sends_mail = [entry for entry in elsewhere if entry.startswith("web/alliance/people.py:")]
    assert [entry.split()[-1] for entry in sends_mail] == [".save()"]
    assert [entry for entry in elsewhere if entry not in sends_mail] == []


def _writes_in(path: Path) -> list[tuple[int, str]]:
    """Calls that change rows, with their line; a model calling ``super().save()`` is none."""
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    return [
        (call.lineno, call.func.attr)
        for call in calls
        if (call.func.attr in WRITES and not _is_super(call.func.value))
        or (call.func.attr == "update" and _is_query(call.func.value))
    ]


def _is_super(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Call) and getattr(owner.func, "id", "") == "super"


def _is_query(owner: ast.expr) -> bool:
    """Whether ``….update()`` is asked of a query set rather than of a dict or a set."""
    return any(f"attr='{name}'" in ast.dump(owner) for name in ("objects", "filter", "exclude"))


def test_a_locked_alliance_can_still_be_pointed_to():
    """``FOR UPDATE`` makes every other act of the alliance wait, at its very end, and deadlock."""
    wrong = "Alliance.objects.select_for_update()"
    assert [str(path) for path in SOURCE.rglob("*.py") if wrong in path.read_text()] == []


def test_no_start_waits_for_what_learning_and_grouping_alone_need():
    """Scikit-learn and SciPy cost two seconds of every command; they are imported where used."""
    at_the_top = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        if {"sklearn", "scipy", "pandas"} & {name.split(".")[0] for name in _imported(node)}
    ]

    assert at_the_top == []


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names]


def test_a_day_is_the_day_here():
    """``now().date()`` is the day in Greenwich: until eight in the morning it is yesterday."""
    wrong = ("now().date()", "date.today()", "utcnow(")
    found = [
        f"{path.relative_to(SOURCE)}: {word}"
        for path in SOURCE.rglob("*.py")
        for word in wrong
        if word in path.read_text().replace("localtime(now()).date()", "")
    ]

    assert found == []
