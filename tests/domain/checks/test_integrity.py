"""The parties of a contract promise to stay honest; everybody may read it once all have signed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from binglian.domain.alliance.models import Organisation, today
from binglian.domain.checks.actions import (
    decline_promise,
    enter_contract,
    open_promise,
    sign_promise,
)
from binglian.domain.checks.models import IntegrityPromise
from binglian.domain.checks.queries import awaited_of, consents, contracts_visible_to
from binglian.domain.checks.queries import public_promises as published
from binglian.domain.governance.step_up import StepUp
from binglian.domain.ledger.queries import entries_of
from binglian.domain.projects.models import Project
from binglian.domain.refusals import ActionRefused

from .conftest import FILE


def sign(promise, organisation, by, step_up, consent=None):
    return sign_promise(
        promise=promise,
        organisation=organisation,
        by=by,
        consent=consent or consents(promise, organisation)[0],
        step_up=step_up,
    )


def test_a_promise_is_public_once_every_party_has_signed(
    promise, alliance, giving, needing, signatory_of, step_up
):
    sign(promise, giving, signatory_of(giving), step_up)
    assert list(published(alliance)) == []

    sign(promise, needing, signatory_of(needing), step_up)

    assert list(published(alliance)) == [promise]
    acts = [entry.act for entry in entries_of(alliance.slug)[:3]]
    assert acts == ["promise.published", "promise.signed", "promise.signed"]


def test_what_is_signed_is_the_contracts_file_and_the_words_together(
    promise, giving, signatory_of, step_up
):
    signature = sign(promise, giving, signatory_of(giving), step_up)

    assert signature.digest == promise.digest
    promise.text += "！"
    assert signature.digest != promise.digest


def test_each_signatory_answers_for_its_own_organisation(
    promise, giving, needing, signatory_of, step_up
):
    signatory = signatory_of(needing)

    assert [one.organisation for one in awaited_of(signatory, promise)] == [needing]
    with pytest.raises(PermissionDenied):
        sign(promise, giving, signatory, step_up)


def test_a_liaison_officer_cannot_sign(promise, giving, giver, step_up):
    with pytest.raises(PermissionDenied):
        sign(promise, giving, giver, step_up)


def test_a_promise_that_one_party_will_not_sign_makes_room_for_another(
    promise, contract, alliance, giving, needing, giver, signatory_of, step_up
):
    decline_promise(
        promise=promise, organisation=needing, why="条款须再议", by=signatory_of(needing)
    )

    with pytest.raises(ActionRefused, match="不在签署中"):
        sign(promise, giving, signatory_of(giving), step_up)
    again = open_promise(contract=contract, text="不送礼，不收礼，不宴请。", by=giver)
    assert again.state == IntegrityPromise.State.SIGNING
    assert list(published(alliance)) == []


def test_a_contract_has_one_promise(promise, contract, giver):
    with pytest.raises(ActionRefused, match="已有廉洁承诺"):
        open_promise(contract=contract, text="再来一份。", by=giver)
    with pytest.raises(IntegrityError), transaction.atomic():
        IntegrityPromise.objects.create(contract=contract, text="再来一份。", opened_by=giver)


def test_other_words_than_those_on_the_page_are_not_signed(promise, giving, signatory_of, step_up):
    with pytest.raises(ActionRefused, match="已有变化"):
        sign(promise, giving, signatory_of(giving), step_up, consent="我同意")


def test_an_old_second_factor_signs_nothing(promise, giving, signatory_of, step_up):
    old = StepUp(step_up.method, step_up.at - timedelta(minutes=6))

    with pytest.raises(ActionRefused, match="超过 5 分钟"):
        sign(promise, giving, signatory_of(giving), old)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"number": "HT-2026-01"}, "已有编号"),
        ({"digest": "abc"}, "SHA-256"),
        ({"title": " "}, "请填写合同编号"),
        ({"signed_on": today() + timedelta(days=1)}, "不能晚于今天"),
        ({"parties": 1}, "至少有两个"),
    ],
)
def test_what_cannot_be_a_contract_is_refused(site, contract, giving, needing, giver, wrong, why):
    facts = {
        "project": site,
        "number": "HT-2026-02",
        "title": "监理合同",
        "subject": "施工监理",
        "signed_on": today(),
        "digest": FILE,
    }
    parties = [giving, needing][: wrong.pop("parties", 2)]

    with pytest.raises(ActionRefused, match=why):
        enter_contract(**facts | wrong, parties=parties, by=giver)


def test_a_party_that_is_no_member_is_invited_first(site, giving, giver):
    stranger = Organisation.objects.create(name="外地公司（示例）")

    with pytest.raises(ActionRefused, match="先邀请它加入"):
        enter_contract(
            project=site,
            number="HT-9",
            title="合同",
            subject="标的",
            signed_on=today(),
            digest=FILE,
            parties=[giving, stranger],
            by=giver,
        )


def test_only_the_owner_of_the_project_enters_contracts(site, giving, needing, receiver):
    with pytest.raises(PermissionDenied):
        enter_contract(
            project=site,
            number="HT-9",
            title="合同",
            subject="标的",
            signed_on=today(),
            digest=FILE,
            parties=[giving, needing],
            by=receiver,
        )


def test_a_promise_of_a_project_that_is_not_public_stays_inside(
    promise, site, alliance, giving, needing, viewer, outsider, signatory_of, step_up
):
    for party in (giving, needing):
        sign(promise, party, signatory_of(party), step_up)
    Project.objects.filter(pk=site.pk).update(is_public=False)

    assert list(published(alliance)) == []
    assert list(contracts_visible_to(viewer)) == [promise.contract]
    assert list(contracts_visible_to(outsider)) == []
