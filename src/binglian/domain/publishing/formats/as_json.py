"""A dataset as JSON: an array of objects, in the order in which the rows came to be."""

import json

from binglian.domain.alliance.models import Alliance
from binglian.domain.publishing.dataset import Dataset


def as_json(dataset: Dataset, alliance: Alliance) -> bytes:
    """One object a line, so that two versions can be compared line by line."""
    rows = [json.dumps(dataset.read(row), ensure_ascii=False) for row in dataset.each(alliance)]
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode() if rows else b"[]\n"
