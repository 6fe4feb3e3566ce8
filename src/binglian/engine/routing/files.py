"""A model as a file: arrays and plain text, nothing that runs when it is read."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import IO

import numpy as np

from .model import RoutingModel, Vocabulary

_FORM = "binglian routing model 1"


class ModelFileError(Exception):
    """The file is no model, or one of another form."""


def write_model(model: RoutingModel, to: Path | IO[bytes]) -> None:
    """Write a model; equal models give equal arrays."""
    facts = {
        "form": _FORM,
        "labels": model.labels,
        "columns": [list(group) for group in model.vocabulary.columns],
        "sharpness": model.sharpness,
        "about": model.about,
    }
    text = json.dumps(facts, ensure_ascii=False).encode()
    # np.savez appends .npz to a name, so it is given the open file.
    if isinstance(to, Path):
        with to.open("wb") as file:
            write_model(model, file)
        return
    np.savez_compressed(
        to,
        facts=np.frombuffer(text, dtype=np.uint8),
        rarity=model.vocabulary.rarity,
        weights=model.weights.astype(np.float32),
        offsets=model.offsets,
    )


def read_model(source: Path | IO[bytes]) -> RoutingModel:
    """Read a model written by :func:`write_model`.

    Raises
    ------
    ModelFileError
        The file is not one.
    """
    try:
        with np.load(source, allow_pickle=False) as arrays:
            facts = json.loads(arrays["facts"].tobytes())
            if facts["form"] != _FORM:
                raise ModelFileError
            groups, column = [], 0
            for group in facts["columns"]:
                groups.append({term: column + at for at, term in enumerate(group)})
                column += len(group)
            weights = arrays["weights"].astype(np.float64)
            rarity, offsets = arrays["rarity"], arrays["offsets"]
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelFileError from error
    labels = tuple(facts["labels"])
    if weights.shape != (len(labels), column) or rarity.shape != (column,):
        raise ModelFileError
    return RoutingModel(
        labels,
        Vocabulary(tuple(groups), rarity),
        weights,
        offsets,
        facts["sharpness"],
        facts["about"],
    )
