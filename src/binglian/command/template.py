"""``binglian template``: an empty list with headings, help and examples."""

import argparse
from pathlib import Path

from . import django_setup
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "template"
HELP = gettext_noop("写出清单模板：成员、资源、需求、里院、体检问题、两张清单合在一起，或一份计划")

KINDS = ("members", "offers", "needs", "places", "checkup", "lists", "plan")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help=_("哪一种清单"))
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help=_("写到哪里"))


def run(args: argparse.Namespace) -> int:
    """Write the template in the chosen language."""
    django_setup.prepare_words(args.lang)
    from binglian.sheets.plans import plan_template
    from binglian.sheets.writing import template

    if args.file.suffix.lower() != ".xlsx":
        raise CommandRefused(_("模板是 .xlsx 文件，请给出以 .xlsx 结尾的文件名。"))
    language = "en" if args.lang == "en" else "zh-hans"
    content = plan_template(language) if args.kind == "plan" else template(args.kind, language)
    try:
        args.file.write_bytes(content)
    except OSError as error:
        reason = {"file": args.file, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。请换一个位置。") % reason) from error
    print(_("已写出 %(file)s") % {"file": args.file})
    return 0
