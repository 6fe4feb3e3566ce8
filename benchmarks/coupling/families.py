"""The families of random alliances: what is common, what is rare, what is scarce."""

from dataclasses import dataclass

__all__ = ["FAMILIES", "Family"]


@dataclass(frozen=True, slots=True)
class Family:
    """How an alliance is drawn; shares are between 0 and 1.

    ``supply`` scales what offers have against what needs ask: less is tighter. With fewer
    ``tags_per_kind`` more offers fit each component. ``partial``, ``limits`` and
    ``component_limits`` are shares of needs and components that may be met in part, or by few
    suppliers; ``lots``, ``renews`` and ``priced`` shares of offers with a smallest lot, there anew
    in every slot, and paid for. ``slots`` lets needs be met in half-days, several for a share
    ``repeats`` of them. ``budget`` and ``effort`` are what payers have and what organisations
    bear, as a share of what everything wanted would take (None: nobody counts). ``setup`` is the
    share of offers whose every supply begun costs points, ``ties`` of pairs that bring or cost
    points, ``coarse`` of pairs that take two or three units for one, ``kept`` of needs that hold
    a commitment.
    """

    supply: float = 0.8
    tags_per_kind: int = 6
    most_tags: int = 3
    partial: float = 0.15
    lots: float = 0.4
    limits: float = 0.1
    component_limits: float = 1.0
    slots: bool = False
    renews: float = 0.0
    repeats: float = 0.0
    priced: float = 0.0
    budget: float | None = None
    effort: float | None = None
    setup: float = 0.0
    ties: float = 0.0
    coarse: float = 0.0
    kept: float = 0.0


FAMILIES = {
    "plain": Family(),
    "dense": Family(tags_per_kind=2),
    "tight": Family(supply=0.5, lots=0.7, limits=0.2, partial=0.05),
    "slots": Family(supply=0.5, slots=True, renews=0.7, repeats=0.4),
    "money": Family(priced=0.5, budget=0.35, effort=0.6, setup=0.2),
    "everything": Family(
        supply=0.5,
        slots=True,
        renews=0.6,
        repeats=0.3,
        priced=0.4,
        budget=0.4,
        effort=0.7,
        setup=0.2,
        ties=0.1,
        coarse=0.05,
        kept=0.03,
    ),
}
