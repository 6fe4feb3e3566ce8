"""Clears a programme exactly with HiGHS: relaxation, branch and bound, whole numbers of units."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import highspy
import numpy as np

from binglian.engine.coupling.clock import Clock
from binglian.engine.coupling.pairs import Floats

from .held import Held, keeps_rules
from .matrix import INFINITY
from .programme import Programme

PROOF = 1e-6  # differences below this, relative, are the solver's rounding
SIMPLEX_COLUMNS = 100_000  # above this interior points are faster
OPTIMAL = highspy.HighsModelStatus.kOptimal
# Restarts only repeat work, and where transports dominate the search outside finds better
# answers than the solver's own heuristics: without them it proves several times as fast.
QUIET_HEURISTICS = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
}
# Probing rarely pays here; on long programmes it and the enumeration of small groups of switches
# take longer than all that follows.
PROBING, ENUMERATION = 1 << 15, 1 << 16
LONG_PROGRAMME = 5_000  # columns
MOSTLY = 0.5  # from this share of switches on, a long search is better off with the heuristics
FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible


@dataclass(slots=True)
class Cleared:
    """Supplies of the needs asked about (None: nothing found), and a proven bound on the aim."""

    held: Held | None
    bound: float
    is_proven: bool


def clear(
    programme: Programme,
    aim: Floats,
    *,
    start: Held | None,
    seconds: float,
    clock: Clock,
    max_nodes: int | None = None,
    seed: int = 0,
    base: float = 0.0,
    quiet: bool = False,
    incumbent: Callable[[], Held | None] | None = None,
    on_better: Callable[[Held], None] | None = None,
    on_bound: Callable[[float], None] | None = None,
) -> Cleared:
    """Maximise ``aim`` (one value per column); the answer's units are whole numbers.

    ``base`` is added to the figures shown as progress, unless ``quiet``. Same seed, same
    answer, unless ``seconds`` or the clock cuts the search short. The solver runs without the
    interpreter's lock, so another thread may search meanwhile: ``incumbent`` returns what it has
    found since it was last asked (None: nothing new), ``on_better`` hears of every better answer
    found here, ``on_bound`` of every better bound; all three are called from this thread.
    """
    padded = np.zeros(len(programme.upper))
    padded[: len(aim)] = aim
    if not len(padded):
        return Cleared({n: [] for n in programme.needs}, 0.0, True)
    highs = _load(programme, padded)
    highs.setOptionValue("random_seed", seed)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 1e-6)
    if max_nodes is not None or programme.integer.mean() < MOSTLY:
        for option, value in QUIET_HEURISTICS.items():
            highs.setOptionValue(option, value)
    if max_nodes is not None:
        highs.setOptionValue("mip_max_nodes", max_nodes)
    _listen(highs, clock, None if quiet else base, on_bound)
    if on_better is not None:
        _report_better(highs, programme, on_better)
    if incumbent is not None:
        _offer_incumbents(highs, programme, incumbent)
    until = clock.elapsed() + seconds
    values = None if start is None else programme.start_from(start)
    _run(highs, values, until, clock)
    if (values is not None or incumbent) and not _agrees_with_itself(highs, padded):
        highs.cbMipUserSolution.clear()
        _run(highs, None, until, clock)
    return _read(highs, programme, clock)


def _read(highs: highspy.Highs, programme: Programme, clock: Clock) -> Cleared:
    info = highs.getInfo()
    is_proven = highs.getModelStatus() == OPTIMAL
    bound = info.mip_dual_bound if abs(info.mip_dual_bound) < 1e15 else INFINITY
    if not programme.integer.any() and is_proven:
        bound = info.objective_function_value
    if info.primal_solution_status != FEASIBLE:
        return Cleared(None, bound, False)
    values = np.array(highs.getSolution().col_value)
    if not programme.is_whole(values):
        values = _at_a_corner(highs, programme, values, clock)
    held = programme.held_by(values)
    if not keeps_rules(programme.market, programme.left, held):
        return Cleared(None, bound, False)
    return Cleared(held, bound, is_proven)


def relax(programme: Programme, clock: Clock, seconds: float) -> tuple[float, Floats] | None:
    """Solve the linear relaxation of the first aim.

    Returns
    -------
    tuple
        Its value, an upper bound, and the price of one unit of each resource (R), at least 0;
        None if ``seconds`` or the clock cut it short.
    """
    if not len(programme.upper):
        return 0.0, np.zeros(len(programme.left))
    highs = _load(programme, programme.served, relaxed=True)
    simple = len(programme.upper) <= SIMPLEX_COLUMNS
    highs.setOptionValue("solver", "simplex" if simple else "ipm")
    if not simple:
        highs.setOptionValue("run_crossover", "off")
    _listen(highs, clock, None, None)
    _run(highs, None, clock.elapsed() + seconds, clock)
    if highs.getModelStatus() != OPTIMAL:
        return None
    duals = np.abs(np.array(highs.getSolution().row_dual)[programme.resource_rows])
    prices = np.zeros(len(programme.left))
    used = programme.resource_of_row
    prices[used] = duals / programme.scale[used]
    return highs.getInfo().objective_function_value, prices


def _listen(
    highs: highspy.Highs,
    clock: Clock,
    base: float | None,
    on_bound: Callable[[float], None] | None,
) -> None:
    """Stop the solver when time is up; pass its figures on."""

    def look_up(event: highspy.HighsCallbackEvent) -> None:
        found, bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        if base is not None and abs(found) < 1e15:
            clock.tell("exact", base + found, base + bound)
        if on_bound is not None and abs(bound) < 1e15:
            on_bound(bound)
        if clock.is_over():
            event.interrupt()

    def give_up(event: highspy.HighsCallbackEvent) -> None:
        if clock.is_over():
            event.interrupt()

    highs.cbMipInterrupt += look_up
    highs.cbSimplexInterrupt += give_up
    highs.cbIpmInterrupt += give_up


def _report_better(
    highs: highspy.Highs, programme: Programme, on_better: Callable[[Held], None]
) -> None:
    def improved(event: highspy.HighsCallbackEvent) -> None:
        values = np.array(event.data_out.mip_solution)
        if len(values) == len(programme.upper) and programme.is_whole(values):
            held = programme.held_by(values)
            if keeps_rules(programme.market, programme.left, held):
                on_better(held)

    highs.cbMipImprovingSolution += improved


def _offer_incumbents(
    highs: highspy.Highs, programme: Programme, incumbent: Callable[[], Held | None]
) -> None:
    def offer(event: highspy.HighsCallbackEvent) -> None:
        found = incumbent()
        values = None if found is None else programme.start_from(found)
        if values is not None and event.data_in is not None:
            event.data_in.setSolution(values)

    highs.cbMipUserSolution += offer


def _run(highs: highspy.Highs, start: Floats | None, until: float, clock: Clock) -> None:
    highs.clearSolver()
    highs.setOptionValue("time_limit", max(0.01, min(until - clock.elapsed(), clock.left())))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start
        highs.setSolution(solution)
    highs.run()


def _agrees_with_itself(highs: highspy.Highs, aim: Floats) -> bool:
    """Tell whether the solver's objective is that of its own columns.

    HiGHS 1.16 can carry a starting answer wrongly through its presolve: it then believes in a
    better objective than its columns have, and searches no further.
    """
    stated = highs.getInfo().objective_function_value
    values = np.array(highs.getSolution().col_value)
    actual = float(np.dot(aim, values)) if len(values) == len(aim) else stated
    return abs(stated - actual) <= PROOF * max(1.0, abs(actual))


@cache
def _hear_greeting() -> None:
    """Make one solver with standard output closed: HiGHS greets there, which would spoil JSON."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # a service without standard output
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        highspy.Highs()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _load(programme: Programme, aim: Floats, *, relaxed: bool = False) -> highspy.Highs:
    columns = len(programme.upper)
    lower, upper, start, index, value = programme.rows.stack(columns)
    _hear_greeting()
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    is_long = columns > LONG_PROGRAMME
    highs.setOptionValue("presolve_rule_off", PROBING | (ENUMERATION if is_long else 0))
    highs.passModel(
        columns,
        len(lower),
        len(index),
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMaximize),
        0.0,
        aim,
        programme.lower,
        programme.upper,
        lower,
        upper,
        start.astype(np.int32),
        index.astype(np.int32),
        value,
        (programme.integer & (not relaxed)).astype(np.int32),
    )
    return highs


def _at_a_corner(
    highs: highspy.Highs, programme: Programme, values: Floats, clock: Clock
) -> Floats:
    """Fix the switches and move to a corner of what remains, where units are whole numbers."""
    fixed = np.flatnonzero(programme.integer).astype(np.int32)
    at = np.rint(values[fixed])
    continuous = np.zeros(len(fixed), dtype=np.uint8)
    highs.changeColsIntegrality(len(fixed), fixed, continuous)
    highs.changeColsBounds(len(fixed), fixed, at, at)
    highs.setOptionValue("solver", "simplex")
    highs.setOptionValue("time_limit", highs.getRunTime() + 0.5 + clock.left())
    highs.run()
    if highs.getModelStatus() != OPTIMAL:
        return values
    return np.array(highs.getSolution().col_value)
