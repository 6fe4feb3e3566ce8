"""What a check-up's spreadsheet would do, before anybody says yes."""

from .plan import plan_checkup, problem_row

__all__ = ["plan_checkup", "problem_row"]
