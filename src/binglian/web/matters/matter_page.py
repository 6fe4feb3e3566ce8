"""One matter on one page: what was said, how far it is, what the reader can do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from binglian.domain.accounts.permissions import Permission
from binglian.domain.matters.models import Matter, Photo
from binglian.domain.matters.queries import may_read_contact
from binglian.domain.matters.words import sentence_of

from .desk_views import frame
from .forms import MatterForm
from .reader import Reader
from .steps import RARE, Step, steps_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A step with the form to show, open where something was wrong with it."""

    step: Step
    form: MatterForm
    #: The one form that stands open; the others unfold.
    is_open: bool = False

    @property
    def is_wrong(self) -> bool:
        return self.form.is_bound

    @property
    def intro(self) -> str:
        """Acts that say more than their fields have a few lines of their own."""
        has_one = {"dispatch", "publish", "decide", "review", "sign", "need"}
        return f"matters/acts/{self.step.name}.html" if self.step.name in has_one else ""


def matter_page(
    request: HttpRequest,
    matter: Matter,
    wrong: tuple[Step, MatterForm] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of a whole matter; with ``wrong``, a step whose form could not be accepted."""
    reader = Reader.of(request, matter.alliance)
    offered = [_offered(step, wrong) for step in steps_of(reader, matter)]
    main = _one_open([one for one in offered if one.step.act.look == "primary"])
    context = frame(reader, "matter") | {
        "matter": matter,
        "main": main,
        "others": [one for one in offered if one.step.act.look != "primary"],
        "course": [(event, sentence_of(event)) for event in _events(matter)],
        "photos": matter.photos.defer("image"),
        **_rare(matter),
        "joined": matter.joined.prefetch_related(
            "additions", Prefetch("photos", Photo.objects.defer("image"))
        ),
        "exclusions": matter.exclusions.all(),
        "may_read_contact": may_read_contact(
            request.user, matter, None if matter.joined_to_id else matter.assignments.all()
        ),
        "sees_desk": reader.may(Permission.DISPATCH_MATTERS),
    }
    return render(request, "matters/matter.html", context | more, status=422 if wrong else status)


def _one_open(main: list[Offered]) -> list[Offered]:
    """The first that has something to fill in stands open."""
    first = next((one for one in main if one.form.visible_fields() or one.form.verdicts), None)
    return [replace(one, is_open=one is first) for one in main]


def _rare(matter: Matter) -> dict[str, Any]:
    """What happens to few matters, read of those alone."""
    return {
        rows: getattr(matter, rows).all() if getattr(matter, f"has_{rows}") else () for rows in RARE
    }


def _events(matter: Matter) -> Any:
    return matter.events.select_related("organisation")


def _offered(step: Step, wrong: tuple[Step, MatterForm] | None) -> Offered:
    if wrong and wrong[0].key == step.key:
        return Offered(step, wrong[1])
    return Offered(step, step.form())
