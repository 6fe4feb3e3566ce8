"""``binglian check``: is the configuration safe, is the platform ready; what to do if not."""

import argparse
import json

from . import django_setup
from .words import gettext as _
from .words import gettext_noop

NAME = "check"
HELP = gettext_noop("检查配置是否安全、系统是否就绪，并说明怎么改")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出"))


def run(args: argparse.Namespace) -> int:
    """Exit status 0 where nothing needs a hand, 1 where something does, 2 where nothing starts."""
    django_setup.prepare(args.lang)
    from binglian.domain.operations.readiness import State, look
    from binglian.domain.operations.safety import dangers

    unsafe, found = dangers(), look()
    is_well = not unsafe and all(one.state is State.OK for one in found)
    if args.json:
        states = {one.name: {"state": one.state.value, "told": one.told} for one in found}
        told = {"well": is_well, "unsafe": unsafe, "checks": states}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0 if is_well else 1
    for danger in unsafe:
        print(_("不安全：%(told)s") % {"told": danger})
    signs = {State.OK: _("正常"), State.WARNING: _("注意"), State.FAILING: _("不可用")}
    for one in found:
        print(f"{signs[one.state]}  {one.name}  {one.told}".rstrip())
    if is_well:
        print(_("配置安全，系统就绪。"))
    return 0 if is_well else 1
