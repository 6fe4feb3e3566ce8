"""Known problems of planning research, from a folder, and drawn ones.

The files are not part of this repository. A folder holds archives (``J30.tar.xz``) or folders
(``j30.mm``) of PSPLIB, Patterson or ProGen/max files, each a set, and ``best_known.csv`` with the
columns set, instance, best_known_makespan. Any set is measured, whatever its name.

Sources: R. Kolisch, A. Sprecher (1997), PSPLIB, Eur. J. Oper. Res. 96; V. Van Peteghem,
M. Vanhoucke (2014), Eur. J. Oper. Res. 235 (MMLIB); R. Van Eynde, M. Vanhoucke (2020), J. of
Scheduling 23 (MPLIB).
"""

import csv
import random
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from binglian.engine.planning.formats import read_plan_file
from binglian.engine.planning.problem import PlanningProblem

from .approvals import random_approvals
from .drawn import PORTFOLIOS, random_portfolio
from .families import LARGE

ARCHIVES = (".tar.xz", ".tar.gz", ".tar.bz2", ".tar")
ENDINGS = (".txt", ".sm", ".mm", ".rcp", ".sch")
BEST_KNOWN = "best_known.csv"

BestKnown = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Instance:
    """One problem: its set, its name, what makes it, and the least makespan anybody has found."""

    set: str
    name: str
    problem: Callable[[], PlanningProblem]
    best_known: int | None = None


def public_sets(folder: Path | None) -> tuple[dict[str, list[Instance]], str]:
    """Return the sets of a folder, each in alphabetical order, and what to say about it."""
    if folder is None:
        return {}, "NO FOLDER WAS NAMED (PSPLIB=folder): no problems of planning research measured."
    if not folder.is_dir():
        return {}, f"THERE IS NO FOLDER {folder}: no problems of planning research measured."
    known = best_known(folder / BEST_KNOWN)
    sets = {
        name: [
            Instance(name, file, partial(_read, content, file), known.get((name, stem(file))))
            for file, content in sorted(files)
        ]
        for name, files in _sets(folder)
    }
    sets = {name: instances for name, instances in sets.items() if instances}
    if not sets:
        return {}, f"{folder} HOLDS NO PLAN FILES: no problems of planning research measured."
    listed = ", ".join(f"{name} ({len(instances)})" for name, instances in sets.items())
    return sets, f"Sets in {folder}: {listed}."


def drawn_sets(count: int) -> dict[str, list[Instance]]:
    """Return ``count`` instances of each drawn set of ordinary size, and one of each large one."""
    draws: dict[str, Callable[..., PlanningProblem]] = {
        "40 approvals": partial(random_approvals, 40),
        **{name: partial(random_portfolio, name) for name in PORTFOLIOS},
    }
    return {
        name: [
            Instance(name, f"seed {seed}", partial(draw, seed=seed))
            for seed in range(1, 2 if name in LARGE else 1 + count)
        ]
        for name, draw in draws.items()
    }


def best_known(file: Path) -> BestKnown:
    """Return the least makespan known by set and instance (without ending); {} without a file.

    Raises
    ------
    ValueError
        A row does not hold a set, an instance and a whole number.
    """
    if not file.exists():
        return {}
    found: BestKnown = {}
    with file.open(encoding="utf-8", newline="") as rows:
        for line, row in enumerate(csv.DictReader(rows), start=2):
            try:
                key = row["set"], stem(row["instance"])
                found[key] = int(row["best_known_makespan"])
            except (KeyError, TypeError, ValueError) as why:
                raise ValueError(
                    f"{file.name}, line {line}: set, instance and best_known_makespan are needed,"
                    f" the last a whole number; found {row}"
                ) from why
    return found


def sample(instances: Iterable[Instance], count: int | None, seed: int) -> list[Instance]:
    """Return ``count`` of the instances, the same ones for the same seed; all if None."""
    listed = list(instances)
    if count is None or count >= len(listed):
        return listed
    chosen = random.Random(f"{seed} {listed[0].set}").sample(range(len(listed)), count)
    return [listed[i] for i in sorted(chosen)]


def stem(name: str) -> str:
    """Return a file's name without the ending of a plan file."""
    path = PurePath(name)
    return path.stem if path.suffix.lower() in ENDINGS else path.name


def _read(content: bytes, name: str) -> PlanningProblem:
    return read_plan_file(content, name).problem


def _sets(folder: Path) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    for path in sorted(folder.iterdir()):
        archive = next((end for end in ARCHIVES if path.name.endswith(end)), None)
        if path.is_dir():
            files = [(one.name, one.read_bytes()) for one in path.iterdir() if _is_plan(one.name)]
            yield path.name, files
        elif archive:
            with tarfile.open(path) as opened:
                members = [one for one in opened if one.isfile() and _is_plan(one.name)]
                files = [(PurePath(one.name).name, _content(opened, one)) for one in members]
            yield path.name.removesuffix(archive), files


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    opened = archive.extractfile(member)
    assert opened is not None, "a regular file can be read"
    return opened.read()


def _is_plan(name: str) -> bool:
    return PurePath(name).suffix.lower() in ENDINGS
