"""The ``binglian`` command: one verb, one module."""

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version

from binglian.domain.refusals import ActionRefused

from . import (
    administrator,
    agreement,
    backup,
    backup_key,
    backup_verify,
    briefing,
    check,
    couple,
    couple_check,
    couple_schema,
    couple_several,
    demo,
    environment,
    generate,
    import_,
    import_announcement,
    import_areas,
    import_calendar,
    import_responsibilities,
    keys,
    ledger,
    mail_in,
    migrate,
    plan,
    plan_check,
    plan_schema,
    restore,
    retention,
    routing,
    search,
    serve,
    signout,
    template,
    worker,
)
from .refusals import CommandRefused
from .words import LANGUAGES, language_of, speak
from .words import gettext as _

VERBS = (
    demo,
    serve,
    environment,
    migrate,
    check,
    administrator,
    signout,
    worker,
    backup,
    backup_key,
    backup_verify,
    restore,
    retention,
    couple,
    couple_check,
    couple_schema,
    couple_several,
    plan,
    plan_check,
    plan_schema,
    import_,
    import_announcement,
    import_areas,
    import_calendar,
    import_responsibilities,
    ledger,
    agreement,
    briefing,
    keys,
    routing,
    search,
    mail_in,
    template,
    generate,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. Returns the exit status: 0 done, 1 not as hoped, 2 refused with a reason."""
    arguments = _verb_first(sys.argv[1:] if arguments is None else arguments)
    speak(language_of(arguments))
    args = _parser().parse_args(arguments)
    args.lang = args.lang or language_of([])
    try:
        return args.run(args)
    except (CommandRefused, ActionRefused) as refusal:
        print(_("错误：%(why)s") % {"why": refusal}, file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; nothing is wrong
        return 1
    except KeyboardInterrupt:
        return 130


def _verb_first(arguments: Sequence[str]) -> list[str]:
    """Join two words that are one verb, such as ``couple check``."""
    two_words = " ".join(arguments[:2])
    is_verb = two_words in {verb.NAME for verb in VERBS}
    return [two_words, *arguments[2:]] if is_verb else list(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="binglian", description=_("并联：片区联盟的清单、耦合、承诺与计划。")
    )
    shown = f"binglian {version('binglian')}"
    parser.add_argument("--version", action="version", version=shown)
    verbs = parser.add_subparsers(metavar=_("命令"), required=True)
    for verb in VERBS:
        help_text = _(verb.HELP)
        added = verbs.add_parser(verb.NAME, help=help_text, description=help_text)
        added.add_argument("--lang", choices=LANGUAGES, help=_("显示的语言（默认看终端）"))
        verb.add_arguments(added)
        added.set_defaults(run=verb.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
