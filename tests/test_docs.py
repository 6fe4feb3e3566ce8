"""Documentation that can be wrong is checked: glossary, commands, links."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from binglian.command.main import VERBS

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]
GLOSSARY = (ROOT / "docs/glossary.md").read_text()


def test_every_model_is_in_the_glossary_with_its_label():
    ours = [m for m in apps.get_models() if m.__module__.startswith("binglian")]

    missing = [
        f"{model.__name__} {model._meta.verbose_name}"
        for model in ours
        if f"| `{model.__name__}` | {model._meta.verbose_name} |" not in GLOSSARY
    ]

    assert missing == []


def test_every_verb_named_in_the_documentation_exists():
    named = {
        verb for page in PAGES for verb in re.findall(r"^binglian (\w+)", page.read_text(), re.M)
    }

    assert named - {verb.NAME for verb in VERBS} == set()


def test_every_link_to_a_file_leads_somewhere():
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert dead == []
