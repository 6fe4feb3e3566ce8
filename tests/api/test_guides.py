"""The examples of the guides are run as they stand there."""

from __future__ import annotations

import re
import time
from pathlib import Path
from threading import Thread

import pytest
from django.test import Client

from binglian.domain.clients import jobs
from binglian.domain.clients.actions import register_webhook
from binglian.domain.clients.telling import signed
from binglian.domain.coupling.actions import save_offer
from binglian.domain.publishing.datasets import DATASETS
from tests.filled_alliance import fill

GUIDES = Path(__file__).resolve().parents[2] / "docs/guides"
SITE = "http://127.0.0.1:8000"


def _addresses(guide: str) -> list[str]:
    text = (GUIDES / guide).read_text()
    return [where.removeprefix(SITE) for where in re.findall(r"^curl (\S+)$", text, re.M)]


@pytest.mark.parametrize("guide", ["open-data.md", "api.md"])
def test_every_address_of_the_guide_answers(
    alliance, giving, needing, secretariat, client: Client, guide: str
) -> None:
    fill(alliance, giving, needing, secretariat)
    found = _addresses(guide)

    assert len(found) >= 3
    assert {client.get(where).status_code for where in found} == {200}


def test_the_example_of_writing_works(alliance, member_app, client: Client) -> None:
    text = (GUIDES / "api.md").read_text()
    path, content = re.search(
        rf"curl -X POST {SITE}(\S+) .*?-d '(.*?)'$", text, re.S | re.M
    ).groups()

    response = client.post(
        path, content, content_type="application/json", headers={"X-API-Key": member_app.key}
    )

    assert (response.status_code, response.json()["title"]) == (200, "会议室")


def test_the_guide_names_every_dataset() -> None:
    text = (GUIDES / "open-data.md").read_text()
    named = re.findall(r"`(\w+)`", re.search(r"^Datasets: (.*?)\. Addr", text, re.M)[1])

    assert set(named) == {dataset.name for dataset in DATASETS}


def test_the_example_of_listening_hears_an_act_once(
    alliance, giving, giver, secretariat, settings
) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]
    blocks = re.findall(r"```python\n(.*?)```", (GUIDES / "api.md").read_text(), re.S)
    example: dict = {}
    exec("\n".join(blocks).replace(", 9000)", ", 0)"), example)
    server = example["server"]
    server.RequestHandlerClass.log_message = lambda *_said: None
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        registered = register_webhook(
            alliance=alliance,
            name="对接程序",
            form="program",
            url=f"http://127.0.0.1:{server.server_port}/",
            topics=["offers"],
            secret="",
            by=secretariat,
        )
        example["SECRET"] = registered.secret
        save_offer(
            alliance=alliance,
            organisation=giving,
            by=giver,
            title="会议室",
            kind="venue",
            quantity=1,
        )
        jobs.every_minute()
        jobs.every_minute()
    finally:
        server.shutdown()
        server.server_close()

    assert example["heard"] == [("offer.entered", "会议室")]


def test_the_example_believes_our_signature_and_no_other() -> None:
    text = (GUIDES / "api.md").read_text()
    example: dict = {}
    exec(re.search(r"```python\n(.*?)```", text, re.S)[1], example)
    is_genuine = example["is_genuine"]

    now = int(time.time())
    assert is_genuine("secret", signed("secret", now, "1", b"{}"), b"{}")
    assert not is_genuine("secret", signed("other", now, "1", b"{}"), b"{}")
    assert not is_genuine("secret", signed("secret", now, "1", b"{}"), b"{ }")
    assert not is_genuine("secret", signed("secret", now - 301, "1", b"{}"), b"{}")
