"""The few sentences that matter most about a plan as a whole."""

from binglian.engine.planning.problem import PlanningProblem
from binglian.engine.planning.result import PlanningResult
from binglian.engine.planning.wording import Wording

from .explain import Explanation
from .gains import Gains

MOST_TASKS = 300  # up to which questions are asked without being asked for
MOST_NAMED = 40  # tasks of the critical chain
TIGHT = 20  # units to spare below which a lapse is told


def insights(
    problem: PlanningProblem,
    result: PlanningResult,
    known: Explanation,
    words: Wording,
    *,
    seconds: float = 1.0,
) -> tuple[str, ...]:
    """Return sentences on the critical chain, stopped clocks, gains, bottlenecks and lapses.

    ``seconds`` for each question of what a change would gain.
    """
    said = [_chain(known, words)]
    if known.figures.stopped:
        said.append(_stopped(known, words))
    if len(problem.tasks) <= MOST_TASKS:
        said += _gains(problem, Gains(problem, result, known=known, seconds=seconds), words)
    said += [lapse.in_words(words) for lapse in known.lapses if lapse.spare <= TIGHT]
    return tuple(sentence for sentence in said if sentence)


def _chain(known: Explanation, words: Wording) -> str:
    if not known.chain:
        return ""
    names = [words.titles.get(ref, ref) for ref in known.chain]
    if len(names) > MOST_NAMED:
        names = [*names[: MOST_NAMED // 2], "…", *names[-MOST_NAMED // 2 :]]
    chain = " → ".join(names)
    return f"关键路径：{chain}。" if words.zh else f"Critical path: {chain}."


def _stopped(known: Explanation, words: Wording) -> str:
    counted = words.length(known.figures.counted_serial)
    stopped = words.length(known.figures.stopped)
    if words.zh:
        return f"串联合计中计时 {counted}，停时（公示、招标等）{stopped}。"
    return f"Of the serial sum the clock runs for {counted} and stands still for {stopped}."


def _gains(problem: PlanningProblem, gains: Gains, words: Wording) -> list[str]:
    """Say which removal gains most, what stopped clocks really cost, and which office is short."""
    found = []
    if best := gains.best_removals()[:1]:
        found.append(best[0].in_words(words))
    stops = [
        task.ref
        for task in problem.tasks
        if not task.counted and task.frozen is None and gains.units[task.ref]
    ]
    if stops:
        found.append(gains.of(stops).in_words(words))
    if short := gains.bottlenecks()[:1]:
        found.append(short[0].in_words(words))
    return found
