"""What is stored about coupling, one file for each group of tables."""

from .commitments import Commitment, Delivery, title_in_each_language
from .computations import Computation
from .filters import SavedFilter
from .helping import HelpApplication
from .languages import in_language
from .lists import Component, ListRow, Need, Offer
from .outside import OutsideApplication, outside_constraints
from .runs import CouplingRun, Match, Scenario, UnmetNeed

__all__ = [
    "Commitment",
    "Component",
    "Computation",
    "CouplingRun",
    "Delivery",
    "HelpApplication",
    "ListRow",
    "Match",
    "Need",
    "Offer",
    "OutsideApplication",
    "SavedFilter",
    "Scenario",
    "UnmetNeed",
    "in_language",
    "outside_constraints",
    "title_in_each_language",
]
