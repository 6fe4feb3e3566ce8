"""Alliances read from the database, each by the process that clears it.

Offers are told apart as SLUG/NUMBER, because every alliance numbers its own.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from distributed import Future
from django.db import Error as DatabaseError

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.form import Measures, write_prices, write_problem, write_result
from binglian.engine.coupling.form.text import lines
from binglian.engine.coupling.joint.fleet import Fleet
from binglian.engine.coupling.joint.joint_judge import (
    common_prices,
    own_bound,
    stated,
    too_many,
    total_bound,
    used_by,
)
from binglian.engine.coupling.joint.several import USUAL, Apart, Work, clear_apart
from binglian.engine.coupling.joint.sharing import SharedOffer, View
from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.pairs import Floats, Ints
from binglian.engine.coupling.problem import CouplingProblem
from binglian.engine.coupling.result import CouplingResult, Progress

from .instants import Instant, reading, this_instant
from .joint_answers import JointAnswer, Part
from .listings import Listing, Lists, in_common, listings_of, problem_of, shared_of

if TYPE_CHECKING:
    from binglian.domain.coupling.engine_adapter import Outcome, Snapshot


@dataclass(frozen=True, slots=True)
class Partition:
    """The lists of one alliance at an instant, as they count on a day."""

    alliance: str
    on: date
    instant: Instant


def read(partition: Partition) -> Lists:
    """Read an alliance's lists."""
    with reading(partition.instant):
        snapshot = _snapshot(partition)
        problem = snapshot.problem
        stated = [snapshot.whole(offer.quantity) for offer in snapshot.offers]
    offers = tuple(replace(o, ref=f"{partition.alliance}/{o.ref}") for o in problem.offers)
    gone = (quantity - offer.quantity for quantity, offer in zip(stated, offers, strict=True))
    return Lists(replace(problem, offers=offers), tuple(gone))


def outcome_at(partition: Partition, problem: CouplingProblem, result: CouplingResult) -> "Outcome":
    """Read an alliance's lists again and say in their words what was found of them.

    The same instant has the same rows in the same order, so rows need not be carried about.
    """
    from binglian.domain.coupling.engine_adapter import outcome_of

    with reading(partition.instant):
        snapshot = _snapshot(partition)
        ends = zip(snapshot.problem.offers, problem.offers, strict=True)
        offers = tuple(replace(own, quantity=one.quantity) for own, one in ends)
        snapshot.problem = replace(snapshot.problem, offers=offers)
        return outcome_of(snapshot, result)


def _snapshot(partition: Partition) -> "Snapshot":
    from binglian.domain.alliance.models import Alliance
    from binglian.domain.coupling.engine_adapter import Snapshot
    from binglian.domain.coupling.queries import weights_in_force

    alliance = Alliance.objects.get(slug=partition.alliance)
    return Snapshot(alliance, partition.on, weights=weights_in_force(alliance))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one answer: rules broken; units, prices [k, t] of what is shared."""

    broken: tuple[str, ...]
    used: Ints
    stated: Floats


def judged(problem: CouplingProblem, result: CouplingResult, view: View) -> Verdict:
    """Judge one alliance's answer where it lies."""
    broken = tuple(str(rule) for rule in broken_rules(problem, result.supplies)[:3])
    used = used_by(problem, view, result.supplies)
    return Verdict(broken, used, stated(view, result.prices))


def bound_again(
    problem: CouplingProblem, result: CouplingResult, view: View, common: Floats, left: Ints
) -> float:
    """Work an alliance's part of the joint bound out again."""
    return own_bound(problem, view, result.prices, common, left)


def part_of(problem: CouplingProblem, result: CouplingResult, seed: int, whole: bool) -> Part:
    """Return one alliance's answer in its JSON form; ``whole`` adds the problem and its prices."""
    measures = Measures()
    text = "".join(lines(write_problem(problem)))
    print_ = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    document = write_result(problem, result, measures, seed=seed, fingerprint=print_)
    document["supplies"] = [*document["supplies"]]
    prices: dict[str, Any] = {}
    if whole:
        prices = write_prices(problem, result, measures, fingerprint=print_)
    return Part(document, prices, text if whole else "")


def clear_from_database(
    alliances: Sequence[str],
    groups: Sequence[Sequence[str]],
    *,
    on: date,
    fleet: Fleet,
    seconds: float,
    seed: int,
    work: Work = USUAL,
    whole: bool = False,
    in_words: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> JointAnswer:
    """Clear alliances as their lists stand now; nothing comes out that the judge rejects.

    Parameters
    ----------
    alliances
        Their names in web addresses.
    groups
        What is shared, as SLUG/NUMBER: one listing of each alliance that lists the same thing
        and may use it; or one listing alone, open to all.
    whole, in_words
        Also return each problem and its prices, so that anybody can check the answer; also what
        was found in the words of the lists, so that it can be kept.
    """
    with this_instant() as instant:
        partitions = {slug: Partition(slug, on, instant) for slug in sorted(alliances)}
        try:
            problems, shared = _opened(fleet, partitions, groups)
            apart = clear_apart(
                problems,
                shared,
                fleet=fleet,
                seconds=seconds,
                seed=seed,
                work=work,
                progress=progress,
            )
            answer = _judged(fleet, apart, seed, whole)
            return (
                replace(answer, outcomes=_outcomes(fleet, partitions, apart))
                if in_words
                else answer
            )
        except ValueError as error:
            raise CommandRefused(_("无法共享：%(why)s") % {"why": error}) from error
        except DatabaseError as error:
            reason = {"why": str(error).strip()}
            raise CommandRefused(_("读不了数据库：%(why)s。未保存任何结果。") % reason) from error


def _opened(
    fleet: Fleet, partitions: Mapping[str, Partition], groups: Sequence[Sequence[str]]
) -> tuple[dict[str, Future[Any]], list[SharedOffer]]:
    """Return the problems, what is shared being the same in each, and what is shared."""
    lists = {slug: fleet.start(read, partition) for slug, partition in partitions.items()}
    refs = frozenset(ref for group in groups for ref in group)
    listed: dict[str, Listing] = {}
    for found in fleet.results([fleet.start(listings_of, one, refs) for one in lists.values()]):
        listed |= found
    for ref in sorted(refs - set(listed)):
        raise CommandRefused(
            _("--shared：这些联盟没有编号为 %(ref)s 的有效资源。写作 联盟/编号。") % {"ref": ref}
        )
    common = in_common(groups, listed)
    problems = {slug: fleet.start(problem_of, one, common) for slug, one in lists.items()}
    return problems, shared_of(groups, common, tuple(partitions))


def _outcomes(
    fleet: Fleet, partitions: Mapping[str, Partition], apart: Apart
) -> dict[str, "Outcome"]:
    asked = [
        fleet.start(outcome_at, partitions[n], apart.problems[n], apart.results[n])
        for n in partitions
    ]
    return dict(zip(partitions, fleet.results(asked), strict=True))


def _judged(fleet: Fleet, apart: Apart, seed: int, whole: bool) -> JointAnswer:
    """Have every alliance's answer judged where it lies, and all of them together here."""
    stock, names = apart.stock, apart.stock.names
    ends = [(apart.problems[n], apart.results[n], stock.views[n]) for n in names]
    verdicts: list[Verdict] = fleet.results([fleet.start(judged, *end) for end in ends])
    broken = [rule for verdict in verdicts for rule in verdict.broken]
    broken += [str(row) for row in too_many(stock, [verdict.used for verdict in verdicts])]
    if broken:
        raise RuntimeError(f"The judge rejects the answer: {broken[:3]}")
    common = common_prices(stock, [verdict.stated for verdict in verdicts])
    own = fleet.results(
        [
            fleet.start(bound_again, *end, common, left)
            for end, left in zip(ends, stock.left_alone, strict=True)
        ]
    )
    bound = total_bound(stock, common, own)
    parts = fleet.results([fleet.start(part_of, *end[:2], seed, whole) for end in ends])
    return JointAnswer(
        dict(zip(names, parts, strict=True)),
        apart.allotments,
        apart.objective,
        max(bound, apart.objective),
        apart.seconds,
        seed,
    )
