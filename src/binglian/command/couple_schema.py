"""``binglian couple schema``: the JSON form of problems, results and prices."""

import argparse
from importlib.resources import files

from .words import gettext as _
from .words import gettext_noop

NAME = "couple schema"
HELP = gettext_noop("显示问题、结果或价格的 JSON 格式（JSON Schema）")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "form",
        nargs="?",
        choices=("problem", "result", "prices"),
        default="problem",
        help=_("哪一种（默认 problem）"),
    )


def run(args: argparse.Namespace) -> int:
    """Print the schema."""
    schema = files("binglian.engine.coupling") / "schema" / f"coupling-{args.form}-1.json"
    print(schema.read_text(encoding="utf-8"), end="")
    return 0
