"""What people had erased since a backup was made is erased again once it is restored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import models

from binglian.domain.checks.actions import withdraw_sign_up
from binglian.domain.checks.actions.signing_up import erase_sign_up
from binglian.domain.checks.models import SignUp
from binglian.domain.coupling.actions import withdraw_help
from binglian.domain.coupling.models import HelpApplication
from binglian.domain.heritage.actions import withdraw_application
from binglian.domain.heritage.models import SpaceApplication
from binglian.domain.ledger.erasures import noted_in
from binglian.domain.matters.actions.contacts import forget_reporter
from binglian.domain.matters.models import Matter
from binglian.domain.openness.actions import leave, withdraw_request
from binglian.domain.openness.models import Follower, InformationRequest
from binglian.domain.refusals import ActionRefused

#: A clock that was set back meanwhile must not hide an erasure.
_EARLIER = timedelta(minutes=10)


def erase_again(path: Path, *, since: datetime) -> int:
    """Do once more what the list at ``path`` holds from ``since`` on; returns how many.

    What the backup does not know was made after it, and is gone anyhow.
    """
    count = 0
    for one in noted_in(path):
        if one.at < since - _EARLIER or one.act not in AGAIN:
            continue
        kind, again = AGAIN[one.act]
        row = kind._default_manager.filter(pk=one.object_id).first()
        if row is not None:
            count += _done(again, row)
    return count


def _done(again: Callable[[Any], object], row: models.Model) -> bool:
    try:
        again(row)
    except ActionRefused:  # it is gone already
        return False
    return True


def _sign_up(row: SignUp) -> None:
    try:
        withdraw_sign_up(row=row)
    except ActionRefused:  # the day has come: no place to give back
        erase_sign_up(row)


#: Act → what it was done to, and what does it again.
AGAIN: dict[str, tuple[type[models.Model], Callable[[Any], object]]] = {
    "follower.left": (Follower, lambda row: leave(follower=row)),
    "help_application.withdrawn": (HelpApplication, lambda row: withdraw_help(application=row)),
    "information_request.withdrawn": (
        InformationRequest,
        lambda row: withdraw_request(request=row),
    ),
    "matter.reporter_erased": (Matter, forget_reporter),
    "sign_up.withdrawn": (SignUp, _sign_up),
    "space_application.withdrawn": (
        SpaceApplication,
        lambda row: withdraw_application(application=row),
    ),
}
