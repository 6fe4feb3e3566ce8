"""Several alliances from files: reading, clearing, judging, showing and writing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.explaining.wording import Language
from binglian.engine.coupling.form import write_prices, write_result
from binglian.engine.coupling.joint.fleet import Fleet
from binglian.engine.coupling.joint.joint_judge import joint_bound, overdrawn
from binglian.engine.coupling.joint.several import SeveralResult, clear_several
from binglian.engine.coupling.joint.sharing import SharedOffer
from binglian.engine.coupling.judge.feasibility import broken_rules

from .asked import Asked
from .documents import read_asked, write
from .results import json_text

SCHEMA = "binglian.coupling.several/1"


@dataclass(frozen=True, slots=True)
class JointAnswer:
    """What was asked of every alliance, what was found, and the bound worked out again."""

    asked: Mapping[str, Asked]
    result: SeveralResult
    bound: float
    seed: int

    @property
    def gap(self) -> float:
        """Return how far below the bound the objective is, as a share of the bound."""
        return max(0.0, self.bound - self.result.objective) / self.bound if self.bound > 0 else 0.0

    def of(self, name: str) -> dict[str, Any]:
        """Return one alliance's result in its JSON form; ``supplies`` is an iterator."""
        asked = self.asked[name]
        return write_result(
            asked.problem,
            self.result.results[name],
            asked.measures,
            seed=self.seed,
            fingerprint=asked.fingerprint,
        )


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
    workers: int,
    seconds: float,
    seed: int,
) -> JointAnswer:
    """Clear all, and let nothing out that the judge does not accept."""
    problems = {name: one.problem for name, one in asked.items()}
    try:
        with Fleet(workers) as fleet:
            result = clear_several(problems, shared, fleet=fleet, seconds=seconds, seed=seed)
    except ValueError as error:
        raise CommandRefused(_("无法共享：%(why)s") % {"why": error}) from error
    supplies = {name: answer.supplies for name, answer in result.results.items()}
    broken = [rule for n, p in result.problems.items() for rule in broken_rules(p, supplies[n])]
    if broken or overdrawn(result.problems, shared, supplies):
        raise RuntimeError(f"The judge rejects the answer: {broken[:3]}")
    prices = {name: answer.prices for name, answer in result.results.items()}
    bound = joint_bound(result.problems, shared, prices)
    return JointAnswer(asked, result, max(bound, result.objective), seed)


def show(answer: JointAnswer) -> None:
    """Print the figures of every alliance and of all, and who uses what is shared."""
    for name, one in answer.result.results.items():
        facts = {"name": name, "objective": f"{one.objective:g}", "count": len(one.supplies)}
        print(_("%(name)s：目标值 %(objective)s，%(count)s 条供给。") % facts)
    for row in answer.result.allotments:
        facts = {"name": row.alliance, "offer": row.offer, "used": f"{row.used:,}"}
        if row.slot is None:
            print(_("资源 %(offer)s：%(name)s 使用 %(used)s。") % facts)
        else:
            facts["slot"] = str(row.slot + 1)
            print(_("资源 %(offer)s，第 %(slot)s 时段：%(name)s 使用 %(used)s。") % facts)
    figures = {
        "objective": f"{answer.result.objective:g}",
        "bound": f"{answer.bound:g}",
        "gap": f"{answer.gap:.2%}",
        "seconds": f"{answer.result.seconds:.1f}",
    }
    print(_("目标值 %(objective)s，上界 %(bound)s，差距 %(gap)s，用时 %(seconds)s 秒。") % figures)


def write_joint(file: Path, answer: JointAnswer) -> None:
    """Write everything into one document."""
    results = ({"alliance": name, **answer.of(name)} for name in answer.result.results)
    document = {
        "schema": SCHEMA,
        "objective": answer.result.objective,
        "bound": answer.bound,
        "gap": answer.gap,
        "seconds": round(answer.result.seconds, 3),
        "seed": answer.seed,
        "shared": [asdict(row) for row in answer.result.allotments],
        "results": ({**one, "supplies": [*one["supplies"]]} for one in results),
    }
    write(file, json_text(document))


def write_each(folder: Path, answer: JointAnswer) -> None:
    """Write every alliance's result and prices into files of their own."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = {"file": folder, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。请换一个位置。") % reason) from error
    for name, one in answer.result.results.items():
        asked = answer.asked[name]
        write(folder / f"{name}.result.json", json_text(answer.of(name)))
        prices = write_prices(asked.problem, one, asked.measures, fingerprint=asked.fingerprint)
        write(folder / f"{name}.prices.json", json_text(prices))
