"""Whom a text concerns: learns from texts sorted before, says how sure it is and why.

A linear model over short character groups and words, weighted by how telling each is
(Wang & Manning 2012, *Baselines and Bigrams*), with what stands at the beginning counted again,
because the first line of a report is mostly its title.
"""

from .clusters import Cluster, clusters
from .files import ModelFileError, read_model, write_model
from .model import Prediction, RoutingModel
from .scoring import Scores, score
from .training import NotEnoughTexts, cross_validate, train

__all__ = [
    "Cluster",
    "ModelFileError",
    "NotEnoughTexts",
    "Prediction",
    "RoutingModel",
    "Scores",
    "clusters",
    "cross_validate",
    "read_model",
    "score",
    "train",
    "write_model",
]
