"""The signed document of an agreement in force."""

import subprocess

import pytest
from django_tasks_db.models import DBTaskResult

from binglian.domain.accounts.models import Notification
from binglian.domain.alliance.models import Membership, Organisation, today
from binglian.domain.governance import jobs
from binglian.domain.governance.actions import accede, decline_agreement
from binglian.domain.governance.actions.agreement_sealing import seal_agreement_version
from binglian.domain.governance.key_ring import trust
from binglian.domain.governance.models import Signature
from binglian.domain.governance.queries import (
    last_signed_agreement,
    signing_code,
    unsealed_versions,
)
from binglian.papers.signing.examining import examine, is_sound
from tools.debian import find_pdfsig
from tools.steps import StepFailed

pytestmark = pytest.mark.django_db


def words_of(file) -> str:
    """What is printed in the file, without spaces."""
    try:
        find_pdfsig()
    except StepFailed as absent:
        pytest.skip(f"NOT CHECKED: {absent}")
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=bytes(file.content), capture_output=True
    )
    return "".join(read.stdout.decode().split())


def test_everybody_who_signed_is_in_the_document_in_order(in_force, members):
    file = seal_agreement_version(in_force.pk)

    found = examine(bytes(file.content), trust())
    assert [f.code for f in found] == [*map(signing_code, members), "platform"]
    assert is_sound(found)
    assert last_signed_agreement(in_force.agreement.alliance.slug) == file


def test_the_document_holds_the_text_the_pledge_and_its_digest(in_force, giving, needing):
    printed = words_of(seal_agreement_version(in_force.pk))

    wanted = [
        *(clause.heading for clause in in_force.clauses.all()),
        "开放报告厅",
        f"正文摘要{in_force.digest[:16]}",
    ]
    assert [text for text in wanted if "".join(text.split()) not in printed] == []


def test_who_accedes_later_is_in_the_next_edition_and_the_first_stays(
    in_force, alliance, members, sign
):
    first = seal_agreement_version(in_force.pk)
    late = Organisation.objects.create(name="后来的商户")
    Membership.objects.create(
        alliance=alliance,
        organisation=late,
        category="merchant",
        state=Membership.State.ADMITTED,
        from_on=today(),
    )
    assert unsealed_versions() == []
    sign(in_force, late, act=accede)
    assert unsealed_versions() == [in_force]

    second = seal_agreement_version(in_force.pk)

    assert (first.edition, second.edition) == (1, 2)
    codes = [f.code for f in examine(bytes(second.content), trust())]
    assert codes == [*map(signing_code, [*members, late]), "platform"]
    assert "加入书" in words_of(second)


def test_a_sealed_sheet_of_paper_has_a_note_and_no_signature(in_force, giving):
    Signature.objects.filter(version=in_force, organisation=giving).update(
        method="paper", scan=b"scan", scan_digest="5e1f" * 16, confirmed_by=in_force.drafted_by
    )

    file = seal_agreement_version(in_force.pk)

    codes = [f.code for f in examine(bytes(file.content), trust())]
    assert (len(codes), signing_code(giving) in codes) == (4, False)
    assert f"纸质签署。盖章原件的扫描件摘要{'5e1f' * 8}" in words_of(file)


def test_who_declined_is_not_named(draft, freeze, sign, members, signatory_of, giving):
    version = freeze(draft)
    decline_agreement(version=version, organisation=giving, by=signatory_of(giving), why="尚需请示")
    sign(version, *(one for one in members if one != giving))

    assert giving.name not in words_of(seal_agreement_version(version.pk))


def test_the_document_is_asked_for_when_the_version_takes_effect(
    draft, freeze, sign, members, django_capture_on_commit_callbacks
):
    version = freeze(draft)

    with django_capture_on_commit_callbacks(execute=True):
        sign(version, *members)

    asked = DBTaskResult.objects.filter(task_path=jobs.seal_agreement.module_path)
    assert [result.args_kwargs["args"] for result in asked] == [[version.pk]]


def test_the_secretariat_is_told_once(in_force, secretariat):
    seal_agreement_version(in_force.pk)
    seal_agreement_version(in_force.pk)

    told = Notification.objects.filter(user=secretariat, text_zh__contains="已封印")
    assert told.count() == 1
