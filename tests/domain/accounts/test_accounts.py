"""Accounts, roles and what people are told."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext_noop, override

from binglian.domain.accounts.actions import (
    change_preferences,
    create_user,
    mark_notifications_read,
    notify,
    send_waiting_mail,
)
from binglian.domain.accounts.models import Notification
from binglian.domain.accounts.permissions import Permission
from binglian.domain.accounts.queries import unread_count
from binglian.domain.accounts.roles import Role
from binglian.domain.refusals import ActionRefused


def tell(user, key="k"):
    return notify(
        [user],
        key=key,
        message=gettext_noop("“%(name)s”申请加入联盟，请办理。"),
        facts={"name": "书店"},
        url="/inbox/",
    )


def test_user_names_and_addresses_differ_by_more_than_case(db):
    create_user(username="officer", email="officer@example.org")

    with pytest.raises(ActionRefused, match="已被使用"):
        create_user(username="Officer")
    with pytest.raises(ActionRefused, match="已有账号"):
        create_user(username="other", email="OFFICER@example.org")


def test_a_weak_password_is_refused(db):
    with pytest.raises(ValidationError):
        create_user(username="officer", password="12345678")


def test_the_same_thing_is_told_once(viewer):
    assert (tell(viewer), tell(viewer), unread_count(viewer)) == (1, 0, 1)


def test_a_message_is_read_in_the_readers_language(viewer):
    tell(viewer)
    notice = Notification.objects.get()

    assert str(notice) == "“书店”申请加入联盟，请办理。"
    with override("en"):
        assert str(notice) == notice.text_en != notice.text_zh


def test_mail_goes_out_once_in_the_persons_language(viewer):
    change_preferences(by=viewer, language="en", has_care_mode=True)
    tell(viewer)

    assert (send_waiting_mail(), send_waiting_mail()) == (1, 0)
    assert mail.outbox[0].subject == Notification.objects.get().text_en


def test_a_name_with_a_line_break_does_not_stop_the_mail(viewer):
    told = {"message": gettext_noop("“%(name)s”申请加入联盟，请办理。"), "url": "/inbox/"}
    notify([viewer], key="a", facts={"name": "书店\nBcc: all@example.org"}, **told)
    notify([viewer], key="b", facts={"name": "茶馆"}, **told)

    assert send_waiting_mail() == 2
    assert mail.outbox[0].subject == "“书店 Bcc: all@example.org”申请加入联盟，请办理。"
    assert mail.outbox[0].recipients() == [viewer.email]


class _PickyServer(BaseEmailBackend):
    """A mail server that knows nobody called viewer."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["viewer@example.org"]:
                raise SMTPRecipientsRefused({"viewer@example.org": (550, b"unknown")})
        mail.outbox.extend(messages)


def test_a_refused_address_does_not_hold_up_the_others(viewer, outsider, settings):
    settings.EMAIL_BACKEND = f"{__name__}._PickyServer"
    tell(viewer)
    tell(outsider)

    assert send_waiting_mail() == 1
    assert [message.to for message in mail.outbox] == [[outsider.email]]


def test_reading_the_inbox_clears_the_count(viewer):
    tell(viewer)
    mark_notifications_read(by=viewer)

    assert unread_count(viewer) == 0


def test_nobody_who_manages_can_also_decide_or_promise():
    managing = {Role.SECRETARIAT, Role.ADMINISTRATOR, Role.AUDITOR}
    acts = {
        Permission.DECIDE_AS_LEAD_A,
        Permission.DECIDE_AS_LEAD_B,
        Permission.ANSWER_COMMITMENT,
        Permission.JUDGE_DELIVERY,
    }

    assert [(role, p) for role in managing for p in role.permissions & acts] == []


def test_an_auditor_changes_nothing():
    assert Role.AUDITOR.permissions == {
        Permission.VIEW_ALLIANCE,
        Permission.VIEW_LEDGER,
        Permission.SIGN_CHECKPOINT,
    }


def test_every_permission_is_somebodys():
    held = {permission for role in Role for permission in role.permissions}

    assert held == set(Permission)
