"""``binglian plan schema``: the JSON form of planning problems and results."""

import argparse
from importlib.resources import files

from .words import gettext as _
from .words import gettext_noop

NAME = "plan schema"
HELP = gettext_noop("显示计划问题或结果的 JSON 格式（JSON Schema）")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form",
        nargs="?",
        choices=("problem", "result"),
        default="problem",
        help=_("哪一种（默认 problem）"),
    )


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    schema = files("binglian.engine.planning") / "schema" / f"planning-{args.form}-1.json"
    print(schema.read_text(encoding="utf-8"), end="")
    return 0
