"""Reads about sites under control; every list starts from what one may see."""

from .integrity import (
    awaited_of,
    consents,
    contracts_visible_to,
    promise_in_force,
    public_promises,
)

__all__ = [
    "awaited_of",
    "consents",
    "contracts_visible_to",
    "promise_in_force",
    "public_promises",
]
