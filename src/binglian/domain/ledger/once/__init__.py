"""What is sent twice is done once: a double click, a resent form, a program that asks again.

Whoever sends something sends a key with it. The first act of a request writes the key down in its
own transaction, so that the act and its key stand or fall together; the answer is kept beside it.
The same thing sent again gets that answer.
"""

from .attempts import Attempt, DoneBefore, attempting

__all__ = ["Attempt", "DoneBefore", "attempting"]
