"""Who works with whom (协作网): what was done together, not who did most."""

from .communities import communities, modularity
from .growth import Growth, growth_of
from .joint import Joint, Source, joint_work
from .missing import MissingLink, missing_links
from .ties import Tie, ties_of

__all__ = [
    "Growth",
    "Joint",
    "MissingLink",
    "Source",
    "Tie",
    "communities",
    "growth_of",
    "joint_work",
    "missing_links",
    "modularity",
    "ties_of",
]
