"""Goods given to sites, and promises beside contracts: both are owed to everybody's eyes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from binglian.domain.checks.models import Donation
from binglian.domain.indicators.briefing.telling import Count, Subject, Told, day, since
from binglian.domain.indicators.figures import Case
from binglian.domain.indicators.periods import Period
from binglian.domain.indicators.records import Records
from binglian.domain.indicators.records.commitments import day_of

#: Goods named of one donation.
_NAMED = 3


def _given(records: Records, period: Period) -> Iterator[Case]:
    for one in records.books.donations:
        if one.given_on in period:
            yield Case(str(one), note=one.donor.name, path=_path(one))


def _handed_out(records: Records, period: Period) -> Iterator[Case]:
    for one in records.books.hand_outs:
        if one.on in period:
            note = f"{one.organisation.name} {one.quantity} {one.good.unit}"
            yield Case(one.good.item, note=note, path=_path(one.good.donation))


def _published(records: Records, period: Period) -> Iterator[Case]:
    for one, on in records.books.promises:
        if on in period:
            yield Case(str(one), path=f"contracts/{one.contract_id}/")


def _done(records: Records, period: Period) -> Iterator[Told]:
    for one in records.books.donations:
        if one.given_on in period:
            goods = [
                f"{good.item} {good.quantity} {good.unit}" for good in records.books.goods[one.pk]
            ]
            rest = "等" if len(goods) > _NAMED else ""
            is_public = one.published_at is not None and one.published_at <= records.as_of
            told = "，已公示" if is_public else ""
            text = (
                f"{one.donor.name}向“{one.project.title_zh}”工地捐赠"
                f"{'、'.join(goods[:_NAMED])}{rest}{told}。"
            )
            yield Told(f"donation:{one.pk}", text, one.given_on, day(one.given_on), _path(one))
    for promise, on in records.books.promises:
        if on in period:
            text = f"“{promise.contract.title}”各方签署廉洁承诺并公示。"
            path = f"contracts/{promise.contract_id}/"
            yield Told(f"promise:{promise.pk}", text, on, day(on), path)


def _stuck(records: Records, _period: Period) -> Iterator[Told]:
    """Goods that nobody has said to have come; promises not signed by all."""
    until = records.on
    for one in records.books.hand_outs:
        if one.confirmed_at is None or one.confirmed_at > records.as_of:
            text = (
                f"等{one.organisation.name}确认收到{one.good.item} {one.quantity} {one.good.unit}。"
            )
            path = _path(one.good.donation)
            yield Told(f"hand_out:{one.pk}", text, one.on, since(one.on, until), path)
    for row in records.books.unsigned:
        on, contract = day_of(row.promise.opened_at), row.promise.contract
        text = f"等{row.organisation.name}签署“{contract.title}”的廉洁承诺。"
        yield Told(f"signature:{row.pk}", text, on, since(on, until), f"contracts/{contract.pk}/")


def _path(donation: Donation) -> str:
    return f"goods/{donation.pk}/"


BOOKS = Subject(
    counts=(
        Count("donations", _("工地收到的捐赠"), _given, is_optional=True),
        Count("hand_outs", _("发放的捐赠物资"), _handed_out, is_optional=True),
        Count("promises", _("公示的廉洁承诺"), _published, is_optional=True),
    ),
    done=_done,
    stuck=_stuck,
)
