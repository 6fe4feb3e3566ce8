"""Every change to what is remembered about sites under control."""

from .integrity import decline_promise, enter_contract, open_promise, sign_promise

__all__ = ["decline_promise", "enter_contract", "open_promise", "sign_promise"]
