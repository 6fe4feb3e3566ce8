"""What happens is told to a real HTTP server: signed, in order, and never inside our network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from binglian.domain.accounts.models import Notification, User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation, today
from binglian.domain.clients import jobs, outgoing
from binglian.domain.clients.actions import (
    attempt_due,
    register_webhook,
    resume_webhook,
    stop_webhook,
    try_webhook,
)
from binglian.domain.clients.models import Webhook, WebhookMessage
from binglian.domain.clients.outgoing import may_be_asked
from binglian.domain.clients.queries import webhooks_visible_to
from binglian.domain.clients.telling import is_genuine
from binglian.domain.coupling.actions import accept_commitment, save_offer
from binglian.domain.refusals import ActionRefused

PROMISES = {"topics": ["commitments"]}


class Receiver:
    """An HTTP server of somebody else, which keeps what it was sent."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.answer = 200, b'{"errcode": 0, "code": 0}'
        self.headers: dict[str, str] = {}
        #: How many letters of a header that never ends are sent, twenty in a second.
        self.drips = 0
        keeper, pause = self, Event()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                keeper.taken.append((self.path, dict(self.headers), body))
                self.send_response(keeper.status)
                self.flush_headers()
                while keeper.drips:
                    self.wfile.write(b"x")
                    keeper.drips -= 1
                    pause.wait(0.05)
                for name, value in keeper.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(keeper.answer)

            def log_message(self, *_said: Any) -> None:
                """Tests are quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/in?group=7"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def subscribe(alliance, secretariat, receiver) -> Any:
    def make(form: str = "program", **facts: Any) -> Any:
        facts = {"topics": ["offers", "commitments"], "by": secretariat, "secret": ""} | facts
        return register_webhook(
            alliance=alliance, name="对接程序", form=form, url=receiver.url, **facts
        )

    return make


@pytest.fixture
def offer(alliance, giving, giver) -> Any:
    def enter(title: str = "会议室") -> None:
        facts = {"title": title, "kind": "venue", "quantity": 1}
        save_offer(alliance=alliance, organisation=giving, by=giver, **facts)

    return enter


def test_a_program_is_told_of_an_act_signed_and_without_the_person(
    receiver, subscribe, offer, giving
) -> None:
    secret = subscribe().secret
    offer()

    jobs.every_minute()

    [(_path, headers, body)] = receiver.taken
    [event] = json.loads(body)["events"]
    assert {name: event[name] for name in ("act", "object", "organisation_id")} == {
        "act": "offer.entered",
        "object": "会议室",
        "organisation_id": giving.pk,
    }
    assert b"giver" not in body
    at, sign = headers["X-Binglian-Timestamp"], headers["X-Binglian-Signature"]
    assert is_genuine(secret, at, sign, body, now=float(at))
    # Changed on the way, signed by another, or sent again later: none of it is believed.
    assert not is_genuine(secret, at, sign, body + b" ", now=float(at))
    assert not is_genuine("other", at, sign, body, now=float(at))
    assert not is_genuine(secret, at, sign, body, now=float(at) + 301)


def test_what_happened_before_and_what_was_not_asked_for_is_not_told(
    receiver, subscribe, offer
) -> None:
    offer("先前的")
    subscribe(topics=["meetings"])
    offer("没有订的")

    jobs.every_minute()

    assert receiver.taken == []


def test_nothing_is_told_twice_and_all_of_it_in_order(receiver, subscribe, offer) -> None:
    subscribe()
    for title in ("甲", "乙", "丙"):
        offer(title)

    jobs.every_minute()
    jobs.every_minute()

    told = [json.loads(body)["events"][0]["object"] for _path, _headers, body in receiver.taken]
    assert told == ["甲", "乙", "丙"]


def test_a_member_hears_what_concerns_it_whoever_acted(
    receiver, subscribe, offer, propose, needing, officer, giver
) -> None:
    subscribe(organisation=needing, by=officer)
    offer("与它无关")
    commitment = propose()

    accept_commitment(commitment=commitment, by=giver)
    jobs.every_minute()

    told = [json.loads(body)["events"][0]["act"] for _path, _headers, body in receiver.taken]
    assert told == ["commitment.accepted"]


@pytest.fixture
def officer(alliance: Alliance, needing: Organisation) -> User:
    """The liaison officer of the needing member."""
    user = User.objects.create(username="officer", email="officer@example.org")
    alliance.appointments.create(
        user=user, role=Role.LIAISON.value, organisation=needing, from_on=today()
    )
    return user


@pytest.mark.parametrize("form", ["wecom", "dingtalk", "feishu"])
def test_a_robot_gets_one_text_of_several_lines(receiver, subscribe, offer, form: str) -> None:
    subscribe(form)
    offer("甲")
    offer("乙")

    jobs.every_minute()

    [(_path, _headers, body)] = receiver.taken
    said = json.loads(body)
    text = said["content"]["text"] if form == "feishu" else said["text"]["content"]
    assert said.get("msgtype", said.get("msg_type")) == "text"
    assert text.splitlines() == [
        "历史城区片区联盟",
        "· 登记资源：甲（建设集团（示例））",
        "· 登记资源：乙（建设集团（示例））",
        "http://127.0.0.1:8000/a/historic/",
    ]


def test_robots_get_their_own_signatures(receiver, subscribe, offer) -> None:
    for form in ("dingtalk", "feishu"):
        subscribe(form, secret="SEC1")
    offer()

    jobs.every_minute()

    told = {
        json.loads(body).get("msg_type", "ding"): (path, body) for path, _h, body in receiver.taken
    }
    ding_path, feishu = told["ding"][0], told["text"][1]
    query = parse_qs(urlsplit(ding_path).query)
    at = query["timestamp"][0]
    digest = hmac.new(b"SEC1", f"{at}\nSEC1".encode(), hashlib.sha256).digest()
    assert (query["group"], query["sign"]) == (["7"], [base64.b64encode(digest).decode()])
    said = json.loads(feishu)
    digest = hmac.new(f"{said['timestamp']}\nSEC1".encode(), b"", hashlib.sha256).digest()
    assert said["sign"] == base64.b64encode(digest).decode()


def test_a_robot_that_says_no_in_a_good_answer_has_not_taken_it(receiver, subscribe, offer) -> None:
    subscribe("wecom")
    receiver.answer = b'{"errcode": 45009, "errmsg": "api freq out of limit"}'
    offer()

    jobs.every_minute()

    message = WebhookMessage.objects.get()
    assert (message.state, message.status, message.tries) == ("waiting", 200, 1)
    assert "45009" in message.answer


def _an_hour_later() -> None:
    WebhookMessage.objects.filter(state="waiting").update(next_try_at=now())


def test_a_failed_message_is_sent_again_and_holds_up_those_after_it(
    receiver, subscribe, offer
) -> None:
    subscribe()
    receiver.status = 500
    offer("甲")
    offer("乙")
    jobs.every_minute()
    first, second = WebhookMessage.objects.order_by("id")
    assert (first.tries, second.tries) == (1, 0)
    assert timedelta(seconds=50) < first.next_try_at - now() <= timedelta(minutes=1)

    receiver.status = 200
    assert attempt_due() == 0  # not yet
    _an_hour_later()

    assert attempt_due() == 2
    keys = [headers["X-Binglian-Message"] for _path, headers, _body in receiver.taken]
    assert keys == [first.key, first.key, second.key]


def test_a_redirect_is_not_followed(receiver, subscribe, offer) -> None:
    subscribe()
    receiver.status, receiver.headers = 302, {"Location": receiver.url}
    offer()

    jobs.every_minute()

    assert len(receiver.taken) == 1
    assert WebhookMessage.objects.get().status == 302


def test_an_answer_that_never_ends_does_not_hold_up_the_worker(
    receiver, subscribe, offer, monkeypatch
) -> None:
    """Each letter comes in time, the answer never: the seconds are counted for all of it."""
    monkeypatch.setattr(outgoing, "LONGEST", 0.2)
    subscribe()
    receiver.drips = 400  # for twenty seconds, if nobody cuts it off
    offer()

    jobs.every_minute()

    assert receiver.drips > 0
    message = WebhookMessage.objects.get()
    assert (message.state, message.tries) == ("waiting", 1)


def test_after_days_of_failing_it_is_stopped_and_somebody_is_told(
    receiver, subscribe, offer, secretariat
) -> None:
    webhook = subscribe().webhook
    receiver.status = 503
    offer()
    jobs.every_minute()
    Webhook.objects.update(failing_since=now() - timedelta(days=3))
    _an_hour_later()

    jobs.every_minute()

    webhook.refresh_from_db()
    assert (webhook.state, WebhookMessage.objects.get().state) == ("failed", "given_up")
    notice = Notification.objects.get(user=secretariat, key__startswith="webhook:")
    assert notice.text_zh == "推送“对接程序”连续 3 天没有送达（127.0.0.1），已自动停用。"

    offer("停用期间")
    resume_webhook(webhook=webhook, by=secretariat)
    receiver.status = 200
    offer("恢复以后")
    jobs.every_minute()
    assert json.loads(receiver.taken[-1][2])["events"][0]["object"] == "恢复以后"
    assert len(receiver.taken) == 3


def test_it_is_tried_out_and_stopped(receiver, subscribe, offer, secretariat) -> None:
    webhook = subscribe().webhook
    try_webhook(webhook=webhook, by=secretariat)
    assert attempt_due(only=webhook.pk) == 1
    assert json.loads(receiver.taken[0][2])["events"][0]["act"] == "webhook.tried"

    stop_webhook(webhook=webhook, by=secretariat)
    offer()
    jobs.every_minute()

    assert len(receiver.taken) == 1
    with pytest.raises(ActionRefused, match="没有在推送"):
        try_webhook(webhook=webhook, by=secretariat)


def test_address_and_secret_are_kept_sealed(receiver, subscribe) -> None:
    made = subscribe()
    row = Webhook.objects.values().get()

    assert [v for v in row.values() if "group=7" in str(v) or made.secret in str(v)] == []
    assert made.secret not in repr(made)
    assert b"group=7" not in bytes(row["sealed"])


def test_a_member_speaks_for_itself_and_the_secretariat_for_all(
    alliance, subscribe, giving, needing, giver, viewer, secretariat
) -> None:
    ours, own = subscribe().webhook, subscribe(organisation=giving, by=giver).webhook

    assert set(webhooks_visible_to(secretariat, alliance)) == {ours, own}
    assert list(webhooks_visible_to(giver, alliance)) == [own]
    assert list(webhooks_visible_to(viewer, alliance)) == []
    for facts in ({"by": giver}, {"by": giver, "organisation": needing}, {"by": viewer}):
        with pytest.raises(PermissionDenied):
            subscribe(**facts)
    with pytest.raises(PermissionDenied):
        stop_webhook(webhook=ours, by=giver)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:53aa:64c::1", "2001:db8::1"),
    ],
)
def test_our_own_network_is_never_asked(address: str) -> None:
    assert not may_be_asked(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1", "64:ff9b::808:808"])
def test_the_world_may_be_asked(address: str) -> None:
    assert may_be_asked(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:8080/in", "内部网络"),
        ("https://localhost/in", "内部网络"),
        ("https://[::1]/in", "内部网络"),
        ("https://2130706433/", "内部网络"),
        ("http://8.8.8.8/in", "https"),
        ("https://user:word@8.8.8.8/", "用户名"),
        ("https://8.8.8.8:22/", "端口"),
        ("https://8.8.8.8:99999/", "https"),
        ("ftp://8.8.8.8/", "https"),
        ("file:///etc/passwd", "https"),
        ("https:///in", "https"),
        ("", "https"),
    ],
)
def test_an_address_that_leads_inside_is_refused(
    alliance, secretariat, settings, url: str, why: str
) -> None:
    settings.WEBHOOK_NETWORKS = []
    with pytest.raises(ActionRefused, match=why):
        register_webhook(
            alliance=alliance, name="程序", form="program", url=url, by=secretariat, **PROMISES
        )


def test_a_name_that_comes_to_lead_inside_is_not_asked_later(
    receiver, subscribe, offer, settings
) -> None:
    """The operator takes the network off the list: the stored address is examined again."""
    subscribe()
    settings.WEBHOOK_NETWORKS = []
    offer()

    jobs.every_minute()

    assert receiver.taken == []
    assert "内部网络" in WebhookMessage.objects.get().answer
