"""The organisations that earlier commitments bring to a need and to its parts."""

import numpy as np

from binglian.engine.coupling.pairs import Ints

from .tables import Tables, Tally, Truths


class KnownSuppliers:
    """Distinct organisations kept, by need and by part, in any slot; arguments are columns."""

    def __init__(self, tables: Tables) -> None:
        kept = tables.kept
        organisation = tables.organisation[kept.offer]
        self._names = max(1, len(tables.organisation))
        self._of_need = np.unique(kept.need * self._names + organisation)
        self._of_part = np.unique(kept.part * self._names + organisation)
        self._need_counts = _counts(self._of_need // self._names)
        self._part_counts = _counts(self._of_part // self._names)

    def count_of_need(self, need: Ints) -> Ints:
        """Return how many organisations serve the whole need."""
        return self._need_counts.of(need)

    def serve_need(self, need: Ints, organisation: Ints) -> Truths:
        """Tell which organisations serve the need beside them."""
        return np.isin(need * self._names + organisation, self._of_need)

    def count_in_part(self, part: Ints) -> Ints:
        """Return how many organisations serve the part."""
        return self._part_counts.of(part)

    def serve_part(self, part: Ints, organisation: Ints) -> Truths:
        """Tell which organisations serve the part beside them."""
        return np.isin(part * self._names + organisation, self._of_part)


def _counts(keys: Ints) -> Tally:
    return Tally(keys, np.ones_like(keys))
