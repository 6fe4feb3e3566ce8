"""What a spreadsheet of places would do, before anybody says yes."""

from .plan import place_row, plan_places

__all__ = ["place_row", "plan_places"]
