"""The organisations that earlier commitments bring to a need and to its parts."""

import numpy as np

from .pairs import Ints
from .tables import Tables, Tally, Truths


class KnownSuppliers:
    """Distinct organisations kept, by need and by part and slot; arguments are columns.

    A commitment without a slot counts in every slot.
    """

    def __init__(self, tables: Tables) -> None:
        kept = tables.kept
        organisation = tables.organisation[kept.offer]
        fixed = kept.slot >= 0
        self._slots, self._names = tables.slots, max(1, len(tables.organisation))
        self._of_need = np.unique(kept.need * self._names + organisation)
        by_part = kept.part * self._names + organisation
        self._always = np.unique(by_part[~fixed])
        besides = fixed & ~np.isin(by_part, self._always)
        self._in_slot = np.unique(
            self._at(kept.part, kept.slot)[besides] * self._names + organisation[besides]
        )
        self._need_counts = _counts(self._of_need // self._names)
        self._always_counts = _counts(self._always // self._names)
        self._slot_counts = _counts(self._in_slot // self._names)

    def count_of_need(self, need: Ints) -> Ints:
        """Return how many organisations serve the whole need."""
        return self._need_counts.of(need)

    def serve_need(self, need: Ints, organisation: Ints) -> Truths:
        """Tell which organisations serve the need beside them."""
        return np.isin(need * self._names + organisation, self._of_need)

    def count_in_part(self, part: Ints, slot: Ints) -> Ints:
        """Return how many organisations serve the part in the slot beside it."""
        return self._always_counts.of(part) + self._slot_counts.of(self._at(part, slot))

    def serve_part(self, part: Ints, slot: Ints, organisation: Ints) -> Truths:
        """Tell which organisations serve the part in the slot beside them."""
        in_slot = self._at(part, slot) * self._names + organisation
        always = np.isin(part * self._names + organisation, self._always)
        return always | np.isin(in_slot, self._in_slot)

    def _at(self, part: Ints, slot: Ints) -> Ints:
        return part * self._slots + slot


def _counts(keys: Ints) -> Tally:
    return Tally(keys, np.ones_like(keys))
