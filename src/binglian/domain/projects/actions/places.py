"""Which places a project touches; what their grade asks comes into its network."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.heritage.models import Place
from binglian.domain.heritage.protection import Verdict
from binglian.domain.heritage.queries import table_in_force
from binglian.domain.heritage.words import CHANGES
from binglian.domain.projects.models import Project, TouchedPlace
from binglian.domain.projects.queries.protected import Demand
from binglian.domain.refusals import refuse_unless

from .projects import open_project, record_for_owner


@transaction.atomic
def touch_place(
    *, project: Project, place: Place, changes: Iterable[str], by: User
) -> TouchedPlace:
    """Say how a project changes a place; the network is made complete by ``generate_network``.

    Raises
    ------
    ActionRefused
        No change named, a place of another alliance or without a grade, or a change the law
        forbids for this grade: the message gives the legal basis.
    """
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    refuse_unless(place.alliance_id == project.alliance_id, _("这处里院属于另一联盟。"))
    wanted = [word.code for word in CHANGES if word.code in set(changes)]
    refuse_unless(wanted, _("请勾选怎样改动。"))
    refuse_unless(
        place.grade, _("“%(name)s”还没有定级，请秘书处先定级，才知道要报批什么。") % {"name": place}
    )
    table, _version = table_in_force(project.alliance)
    for change in wanted:
        refuse_if_forbidden(Demand(place, table.rule(place.grade, change)))
    touched, _is_new = TouchedPlace.objects.update_or_create(
        project=project, place=place, defaults={"changes": wanted}
    )
    told = {"place": place.number, "changes": wanted, "grade": place.grade}
    record_for_owner(by, "project.place_touched", project, told)
    return touched


@transaction.atomic
def leave_place(*, touched: TouchedPlace, by: User) -> None:
    """The project does not touch it after all; tasks that came in by it are removed by hand."""
    project = touched.project
    require_permission(by, Permission.EDIT_PROJECT, within=project.seat)
    project = open_project(project)
    record_for_owner(by, "project.place_left", project, {"place": touched.place.number})
    touched.delete()


def refuse_if_forbidden(demand: Demand) -> None:
    """Refuse what the table does not allow, with its legal basis and what to do."""
    rule = demand.rule
    facts = {
        "place": demand.place,
        "grade": rule.grade_label,
        "change": rule.change_label,
        "basis": rule.basis,
        "note": rule.note,
    }
    refuse_unless(
        rule.verdict is not Verdict.FORBIDDEN,
        _("“%(place)s”是%(grade)s，不允许%(change)s（%(basis)s）。%(note)s") % facts,
    )
