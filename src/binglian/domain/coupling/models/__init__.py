"""What is stored about coupling, one file for each group of tables."""

from .commitments import Commitment, Delivery, title_in_each_language
from .computations import Computation
from .filters import SavedFilter
from .languages import in_language
from .lists import Component, ListRow, Need, Offer
from .runs import CouplingRun, Match, Scenario, UnmetNeed

__all__ = [
    "Commitment",
    "Component",
    "Computation",
    "CouplingRun",
    "Delivery",
    "ListRow",
    "Match",
    "Need",
    "Offer",
    "SavedFilter",
    "Scenario",
    "UnmetNeed",
    "in_language",
    "title_in_each_language",
]
