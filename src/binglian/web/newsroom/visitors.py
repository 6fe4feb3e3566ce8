"""Whether a request is somebody reading, by what it says of itself and nothing else."""

from __future__ import annotations

import re

from django.http import HttpRequest

_MACHINE = re.compile(
    r"bot|crawl|spider|slurp|archive|preview|monitor|headless|lighthouse|feed|scan|"
    r"curl|wget|python|java/|go-http|okhttp|libwww|facebookexternalhit",
    re.IGNORECASE,
)


def is_somebody_reading(request: HttpRequest) -> bool:
    """A page opened by a visitor's browser: no machine, no prefetch, nobody of the desk.

    The rule is simple and known to be: a machine that calls itself a browser counts as one.
    Nothing is set on the visitor's side and nothing of the request is kept.
    """
    name = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return (
        request.method == "GET"
        and name.startswith("Mozilla/")
        and not _MACHINE.search(name)
        and "prefetch" not in purpose
        and not request.user.is_authenticated
    )
