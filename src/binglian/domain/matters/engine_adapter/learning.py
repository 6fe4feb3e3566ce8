"""The trained model: made of matters, read from its row, asked about one text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from binglian.domain.matters.models import LearntRouting
from binglian.engine.routing import (
    NotEnoughTexts,
    Prediction,
    RoutingModel,
    read_model,
    train,
    write_model,
)

__all__ = ["NotEnoughTexts", "Prediction", "learn", "predicted"]


def learn(texts: Sequence[str], labels: Sequence[str]) -> tuple[bytes, dict[str, Any]]:
    """A model as bytes, and the facts of its training; raises ``NotEnoughTexts``."""
    model = train(texts, labels)
    content = io.BytesIO()
    write_model(model, content)
    return content.getvalue(), model.about


def predicted(alliance_id: int, text: str) -> Prediction | None:
    """What the alliance's model says; ``None`` where it has none."""
    found = LearntRouting.objects.filter(alliance=alliance_id)
    row = found.values_list("pk", "trained_at").first()
    return _model(*row).predict(text) if row else None


@lru_cache(maxsize=8)
def _model(pk: int, _trained_at: datetime) -> RoutingModel:
    """Read once for each training."""
    return read_model(io.BytesIO(bytes(LearntRouting.objects.get(pk=pk).content)))
