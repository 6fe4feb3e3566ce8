"""The only door to the engine: texts in, categories and likeness out."""

from binglian.engine.routing import Cluster, clusters

from .deadlines import Deadline, due, warning_at
from .keywords import KeywordHit, by_keywords
from .learning import NotEnoughTexts, Prediction, learn, predicted
from .likeness import Spot, likeness, metres_between

__all__ = [
    "Cluster",
    "Deadline",
    "KeywordHit",
    "NotEnoughTexts",
    "Prediction",
    "Spot",
    "by_keywords",
    "clusters",
    "due",
    "learn",
    "likeness",
    "metres_between",
    "predicted",
    "warning_at",
]
