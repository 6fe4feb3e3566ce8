"""Several alliances from files: reading, clearing, judging."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.explaining.wording import Language
from binglian.engine.coupling.form import write_prices, write_result
from binglian.engine.coupling.joint.fleet import Fleet
from binglian.engine.coupling.joint.joint_judge import joint_bound, overdrawn
from binglian.engine.coupling.joint.several import clear_several
from binglian.engine.coupling.joint.sharing import SharedOffer
from binglian.engine.coupling.judge.feasibility import broken_rules
from binglian.engine.coupling.result import CouplingResult

from .asked import Asked
from .documents import read_asked
from .joint_answers import JointAnswer, Part


def read_alliances(files: Sequence[Path], language: Language) -> dict[str, Asked]:
    """Read a problem from every file; the file's name is the alliance's."""
    names = [file.stem for file in files]
    for name in names:
        if names.count(name) > 1:
            raise CommandRefused(_("有两个文件都叫 %(name)s；请改名区分。") % {"name": name})
    return {file.stem: read_asked(file, language) for file in files}


def shared_offers(asked: Mapping[str, Asked], refs: Sequence[str]) -> list[SharedOffer]:
    """Return the offers of these refs with all alliances that list them."""
    listed = {
        name: {offer.ref: offer for offer in one.problem.offers} for name, one in asked.items()
    }
    shared = []
    for ref in dict.fromkeys(refs):
        names = tuple(name for name in listed if ref in listed[name])
        if len(names) < 2:
            reason = {"ref": ref, "count": len(names)}
            raise CommandRefused(
                _("--shared：资源 %(ref)s 只在 %(count)s 个文件中列出，至少须有两个。") % reason
            )
        shared.append(SharedOffer(listed[names[0]][ref], names))
    return shared


def clear(
    asked: Mapping[str, Asked],
    shared: Sequence[SharedOffer],
    *,
    fleet: Fleet,
    seconds: float,
    seed: int,
) -> JointAnswer:
    """Clear all, and let nothing out that the judge does not accept."""
    problems = {name: one.problem for name, one in asked.items()}
    try:
        result = clear_several(problems, shared, fleet=fleet, seconds=seconds, seed=seed)
    except ValueError as error:
        raise CommandRefused(_("无法共享：%(why)s") % {"why": error}) from error
    supplies = {name: answer.supplies for name, answer in result.results.items()}
    broken = [rule for n, p in result.problems.items() for rule in broken_rules(p, supplies[n])]
    if broken or overdrawn(result.problems, shared, supplies):
        raise RuntimeError(f"The judge rejects the answer: {broken[:3]}")
    prices = {name: answer.prices for name, answer in result.results.items()}
    bound = max(joint_bound(result.problems, shared, prices), result.objective)
    parts = {name: _part(asked[name], one, seed) for name, one in result.results.items()}
    return JointAnswer(parts, result.allotments, result.objective, bound, result.seconds, seed)


def _part(asked: Asked, one: CouplingResult, seed: int) -> Part:
    measures, fingerprint = asked.measures, asked.fingerprint
    result = write_result(asked.problem, one, measures, seed=seed, fingerprint=fingerprint)
    result["supplies"] = [*result["supplies"]]
    return Part(result, write_prices(asked.problem, one, measures, fingerprint=fingerprint))
