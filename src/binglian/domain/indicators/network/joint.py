"""Every time two organisations did something together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binglian.domain.indicators.records import Records, Undertaking


class Source(models.TextChoices):
    """Where it is known from."""

    COMMITMENTS = "commitments", gettext_lazy("兑现的承诺")
    MATTERS = "matters", gettext_lazy("共办的诉求")
    PROJECTS = "projects", gettext_lazy("共同的项目")


@dataclass(frozen=True, slots=True)
class Joint:
    """One thing two organisations did together; ``ends`` are their ids, the smaller first.

    Attributes
    ----------
    path, public_path
        Where it is read at the desk, and by everybody, below the alliance's pages.
    """

    ends: tuple[int, int]
    source: Source
    on: date
    title: str
    path: str
    public_path: str = ""
    is_public: bool = False


def joint_work(records: Records) -> list[Joint]:
    """Everything done together by the instant of the records, earliest first."""
    records.prepare("roll", "commitments", "joint_matters", "projects")
    found = [*_commitments(records), *_matters(records), *_projects(records)]
    return sorted(found, key=lambda one: (one.on, one.ends, one.source))


def _commitments(records: Records) -> Iterator[Joint]:
    """A commitment counts once, when the other side has confirmed what was delivered."""
    for one in records.commitments:
        if one.fulfilled_on and one.giver_id != one.receiver_id:
            yield Joint(
                ends=_pair(one.giver_id, one.receiver_id),
                source=Source.COMMITMENTS,
                on=one.fulfilled_on,
                title=one.title,
                path=f"commitments/{one.pk}/",
                is_public=one.is_public,
            )


def _matters(records: Records) -> Iterator[Joint]:
    for one in records.joint_matters:
        yield Joint(
            ends=_pair(*one.ends),
            source=Source.MATTERS,
            on=one.on,
            title=_("诉求 %(number)s") % {"number": one.number},
            path=f"matters/{one.matter_id}/",
            public_path=f"matters/{one.matter_id}/" if one.is_public else "",
            is_public=one.is_public,
        )


def _projects(records: Records) -> Iterator[Joint]:
    """Taking part in one project once it has begun, and each task handed on to another."""
    for project in records.projects:
        if not project.has_begun:
            continue
        bodies = sorted({one.pk for one in project.participants})
        for pair in combinations(bodies, 2):
            yield _in_project(project, pair, project.starts_on, project.title)
        for step in project.steps:
            for giver in step.handed_over_by:
                if giver != step.doer_id and step.started_on:
                    title = f"{project.title} · {step.title}"
                    pair = _pair(giver, step.doer_id)
                    yield _in_project(project, pair, step.started_on, title)


def _in_project(project: Undertaking, pair: tuple[int, int], on: date, title: str) -> Joint:
    return Joint(
        ends=pair,
        source=Source.PROJECTS,
        on=on,
        title=title,
        path=f"projects/{project.pk}/",
        public_path=f"{project.pk}/" if project.is_public else "",
        is_public=project.is_public,
    )


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
