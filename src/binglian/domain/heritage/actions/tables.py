"""Changing the protection table: every change is a new version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binglian.domain.accounts.models import User
from binglian.domain.accounts.permissions import Permission, require_permission
from binglian.domain.alliance.models import Alliance
from binglian.domain.heritage.models import ProtectionTable
from binglian.domain.heritage.protection import Rule, Table, content_of, table_from
from binglian.domain.heritage.queries.tables import table_in_force
from binglian.domain.ledger.actions import record
from binglian.domain.refusals import refuse_unless


@transaction.atomic
def change_rules(
    *, alliance: Alliance, rules: Iterable[Rule], why: str, by: User
) -> ProtectionTable:
    """A new version of the table with these cells in place of the old ones.

    Projects keep the items they have; what would be added is told on their pages.

    Raises
    ------
    ActionRefused
        Nothing changes, no reason given, an unknown grade or change, or an approval without item.
    """
    require_permission(by, Permission.KEEP_PLACES, within=alliance)
    # Versions are given out one at a time.
    Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)
    refuse_unless(why.strip(), _("请写明为什么修改，例如新公布的文件。"))
    table, version = table_in_force(alliance)
    wanted = {(rule.grade, rule.change): rule for rule in rules}
    changed = [key for key, rule in wanted.items() if table.rule(*key) != rule]
    refuse_unless(changed, _("没有改动。"))
    new = replace(table, rules={**table.rules, **wanted})
    content = content_of(Table(new.bases, new.rules))
    table_from(content)  # refuses what could not be read again
    kept = ProtectionTable.objects.create(
        alliance=alliance, version=version + 1, content=content, why=why.strip()[:200], made_by=by
    )
    change = {
        "version": kept.version,
        "why": kept.why,
        "cells": [f"{grade}×{change}" for grade, change in changed],
    }
    record(by, "protection.changed", kept, within=alliance, change=change)
    return kept
