"""What several alliances were coupled to together, kept as a run of each."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.coupling import engine_adapter as engine
from binglian.domain.coupling.models import CouplingRun

from .computations import refuse_odd_seconds
from .runs import ask_run, begin_run, finish_run


def check_joint_run(*, alliances: Iterable[Alliance], by: User, seconds: int) -> None:
    """See before the work that ``by`` may keep its answer in each of the alliances.

    Raises ``PermissionDenied``, or ``ActionRefused`` for a time limit no run may have.
    """
    refuse_odd_seconds(seconds)
    for alliance in alliances:
        require_permission(by, Permission.RUN_COUPLING, within=alliance)


@transaction.atomic
def keep_joint_runs(
    *,
    key: str,
    outcomes: Mapping[Alliance, engine.Outcome],
    by: User,
    seconds: int,
    seed: int,
) -> list[CouplingRun]:
    """Keep a joint answer as a proposed run of every alliance: all of them, and once.

    Each is then looked at, corrected, put before both leads and published as any other run.

    Parameters
    ----------
    key
        Names the answer, at most 32 characters; a second call with it returns the runs there are.

    Raises
    ------
    PermissionDenied, ActionRefused
        As ``ask_run``, for any of the alliances; then nothing is kept for the others either.
    """
    order = sorted(outcomes, key=lambda alliance: alliance.pk)  # everybody locks them in this order
    return [_kept_once(one, key, outcomes[one], by, seconds, seed, len(order)) for one in order]


def _kept_once(
    alliance: Alliance,
    key: str,
    outcome: engine.Outcome,
    by: User,
    seconds: int,
    seed: int,
    count: int,
) -> CouplingRun:
    require_permission(by, Permission.RUN_COUPLING, within=alliance)
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    if kept := alliance.runs.filter(joint=key).first():
        return kept
    title = str(_("%(count)s 个联盟联合耦合") % {"count": count})
    run = ask_run(alliance=alliance, by=by, title=title, seconds=seconds, seed=seed)
    run.joint = key
    run.save(update_fields=["joint"])
    begin_run(run_id=run.pk)
    return finish_run(run_id=run.pk, outcome=outcome)
