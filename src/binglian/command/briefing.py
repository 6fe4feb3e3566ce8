"""``binglian briefing``: the monthly briefing as a file, composed from the records."""

import argparse
from pathlib import Path

from . import django_setup
from .acting import alliance_named
from .refusals import CommandRefused
from .words import gettext as _
from .words import gettext_noop

NAME = "briefing"
HELP = gettext_noop("由记录生成月度简报（Word 或 PDF）")
_MONTH = "2026-10"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--alliance", metavar="SLUG", required=True, help=_("哪个联盟"))
    parser.add_argument(
        "--month", metavar=_MONTH, required=True, help=_("哪个月，如 %(month)s") % {"month": _MONTH}
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE.docx", required=True, help=_("写到文件：.docx 或 .pdf")
    )
    parser.add_argument("--as-of", metavar="2026-11-03", help=_("按哪天结束时所知；不写即此刻所知"))


def run(args: argparse.Namespace) -> int:
    """Write the briefing that was sent, where one was; else one composed now, marked as such."""
    django_setup.prepare(args.lang)
    from binglian.domain.indicators.briefing.reading import brief
    from binglian.papers import briefing as papers

    write = {".docx": papers.write_docx, ".pdf": papers.typeset}.get(args.out.suffix.lower())
    if write is None:
        raise CommandRefused(
            _("不知道怎样写 %(file)s。请用 .docx 或 .pdf 结尾的文件名。") % {"file": args.out}
        )
    paper = brief(alliance_named(args.alliance), args.month, args.as_of)
    try:
        args.out.write_bytes(write(paper))
    except OSError as error:
        reason = {"file": args.out, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。") % reason) from error
    facts = {
        "file": args.out,
        "title": paper.title,
        "figures": len(paper.figures),
        "characters": papers.characters_of(paper),
        "most": papers.MOST_CHARACTERS,
    }
    told = _("已写出 %(file)s：%(title)s，%(figures)s 项数据，%(characters)s 字（至多 %(most)s）")
    print(told % facts)
    return 0
