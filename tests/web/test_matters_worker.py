"""A community worker writes down what a resident tells, with a picture and the place."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Organisation
from binglian.domain.matters.actions import check_publication
from binglian.domain.matters.models import Category, Matter

from .matter_samples import DESK, drains_led_by, page, reported, seated

NEW = f"{DESK}new/"
TOLD = {"text": "下水道堵塞，积水漫到门口。", "address": "示例路 3 号", "seen_similar": "1"}


@pytest.fixture
def drains(alliance: Alliance, giving: Organisation) -> Category:
    return drains_led_by(giving, alliance)


@pytest.fixture
def worker(
    client_of: Callable[[User], Client], alliance: Alliance, needing: Organisation, drains: Category
) -> Client:
    return client_of(seated(alliance, "worker", Role.WORKER, needing))


@pytest.fixture
def shown(alliance: Alliance, drains: Category, secretariat: User) -> Matter:
    """A public open matter."""
    return check_publication(
        matter=reported(alliance), public_text="院里积水。", is_public=True, by=secretariat
    )


def _picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(content, "PNG")
    return SimpleUploadedFile("院.png", content.getvalue(), "image/png")


def test_what_a_resident_tells_comes_in_with_picture_and_place(worker: Client) -> None:
    pin = {"longitude": "120.32", "latitude": "36.07"}

    answer = worker.post(NEW, TOLD | pin | {"photos": _picture()}, follow=True)

    matter = Matter.objects.get()
    assert matter.number in answer.content.decode()
    assert (matter.source, matter.longitude, matter.latitude) == ("worker", 120.32, 36.07)
    assert matter.entered_by.username == "worker"
    assert [(photo.width, photo.media_type) for photo in matter.photos.all()] == [
        (40, "image/jpeg")
    ]


def test_the_place_is_asked_for(worker: Client) -> None:
    assert "居民说不清在哪儿" in page(worker, NEW)
    assert worker.post(NEW, TOLD | {"address": ""}).status_code == 422


def test_what_was_told_already_is_shown_first_and_can_be_joined(
    worker: Client, shown: Matter
) -> None:
    asked = worker.post(NEW, {"text": "院里下水道堵塞，积水。", "address": "示例路 3 号"})
    worker.post(NEW, {"text": "", "join": str(shown.pk)})

    joined = Matter.objects.exclude(pk=shown.pk).get()
    assert asked.status_code == 422
    assert shown.number in asked.content.decode()
    assert (joined.source, joined.joined_to) == ("worker", shown)


def test_while_the_worker_writes_the_category_is_proposed(worker: Client, drains: Category) -> None:
    answer = worker.post(f"{NEW}hints/", TOLD)

    assert f'<option value="{drains.pk}" selected>' in answer.content.decode()
