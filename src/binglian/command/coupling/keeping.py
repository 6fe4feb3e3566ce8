"""A joint answer written back: a run of every alliance that waits to be looked at."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import PermissionDenied

from binglian.command.acting import acting, alliance_named
from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.domain.refusals import ActionRefused

from .joint_answers import JointAnswer

if TYPE_CHECKING:
    from binglian.domain.alliance.models import Alliance


class Keeping:
    """Made before the work, so that nobody waits for an answer that they may not keep.

    ``by`` is a user name, None for the platform's first administrator; ``seconds`` at most 600.
    """

    def __init__(
        self,
        alliances: Sequence[str],
        groups: Sequence[Sequence[str]],
        by: str | None,
        seconds: int,
    ) -> None:
        from binglian.domain.coupling.actions import check_joint_run

        for group in groups:
            if len(group) == 1:
                raise CommandRefused(
                    _("--keep：请写明各联盟清单中 %(ref)s 的编号，例如 甲/编号=乙/编号。")
                    % {"ref": group[0]}
                )
        self.key, self.by, self.seconds = uuid4().hex, acting(by), seconds
        self.alliances: list[Alliance] = [alliance_named(slug) for slug in alliances]
        with _told():
            check_joint_run(alliances=self.alliances, by=self.by, seconds=seconds)

    def keep(self, answer: JointAnswer) -> None:
        """Write the answer into all alliances or into none, and print where it is to be seen."""
        from binglian.domain.coupling.actions import keep_joint_runs

        with _told():
            runs = keep_joint_runs(
                key=self.key,
                outcomes={one: (answer.outcomes or {})[one.slug] for one in self.alliances},
                by=self.by,
                seconds=self.seconds,
                seed=answer.seed,
            )
        for run in runs:
            facts = {"name": str(run.alliance), "address": run.address}
            print(_("%(name)s：结果待审定，见 %(address)s") % facts)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (ActionRefused, PermissionDenied) as error:
        raise CommandRefused(_("没有写入：%(why)s") % {"why": error}) from error
