"""Everything that changes problems of a check-up."""

from .problems import save_problem, settle_problem

__all__ = ["save_problem", "settle_problem"]
