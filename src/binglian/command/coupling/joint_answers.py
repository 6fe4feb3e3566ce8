"""A joint answer of several alliances: shown, and written down."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from binglian.command.refusals import CommandRefused
from binglian.command.words import gettext as _
from binglian.engine.coupling.joint.several import Allotment

from .documents import write
from .results import json_text

if TYPE_CHECKING:
    from binglian.domain.coupling.engine_adapter import Outcome

SCHEMA = "binglian.coupling.several/1"


@dataclass(frozen=True, slots=True)
class Part:
    """One alliance's result and prices in their JSON forms; its problem as text, or ""."""

    result: dict[str, Any]
    prices: dict[str, Any]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class JointAnswer:
    """What was found for every alliance, and the joint bound as worked out again."""

    parts: Mapping[str, Part]
    allotments: tuple[Allotment, ...]
    objective: float
    bound: float
    seconds: float
    seed: int
    #: By alliance, in the words of its lists, where that was asked.
    outcomes: "Mapping[str, Outcome] | None" = None

    @property
    def gap(self) -> float:
        """Return how far below the bound the objective is, as a share of the bound."""
        return max(0.0, self.bound - self.objective) / self.bound if self.bound > 0 else 0.0


def show(answer: JointAnswer) -> None:
    """Print the figures of every alliance and of all, and who uses what is shared."""
    for name, part in answer.parts.items():
        one = part.result
        facts = {"name": name, "objective": f"{one['objective']:g}", "count": len(one["supplies"])}
        print(_("%(name)s：目标值 %(objective)s，%(count)s 条供给。") % facts)
    for row in answer.allotments:
        facts = {"name": row.alliance, "offer": row.offer, "used": f"{row.used:,}"}
        if row.slot is None:
            print(_("资源 %(offer)s：%(name)s 使用 %(used)s。") % facts)
        else:
            facts["slot"] = str(row.slot + 1)
            print(_("资源 %(offer)s，第 %(slot)s 时段：%(name)s 使用 %(used)s。") % facts)
    figures = {
        "objective": f"{answer.objective:g}",
        "bound": f"{answer.bound:g}",
        "gap": f"{answer.gap:.2%}",
        "seconds": f"{answer.seconds:.1f}",
    }
    print(_("目标值 %(objective)s，上界 %(bound)s，差距 %(gap)s，用时 %(seconds)s 秒。") % figures)


def write_joint(file: Path, answer: JointAnswer) -> None:
    """Write everything into one document."""
    document = {
        "schema": SCHEMA,
        "objective": answer.objective,
        "bound": answer.bound,
        "gap": answer.gap,
        "seconds": round(answer.seconds, 3),
        "seed": answer.seed,
        "shared": [asdict(row) for row in answer.allotments],
        "results": ({"alliance": name, **p.result} for name, p in answer.parts.items()),
    }
    write(file, json_text(document))


def write_each(folder: Path, answer: JointAnswer) -> None:
    """Write every alliance's result and prices into files of their own, its problem if known."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = {"file": folder, "why": error.strerror}
        raise CommandRefused(_("写不了文件 %(file)s：%(why)s。请换一个位置。") % reason) from error
    for name, part in answer.parts.items():
        if part.problem:
            write(folder / f"{name}.json", [part.problem.encode()])
        write(folder / f"{name}.result.json", json_text(part.result))
        write(folder / f"{name}.prices.json", json_text(part.prices))
