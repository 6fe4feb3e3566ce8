"""POST Service Request: another program reports a matter."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from binglian.api.once import LONGEST_KEY, idempotency_key_of
from binglian.domain.alliance.models import Alliance
from binglian.domain.clients.actions import answer_once
from binglian.domain.clients.models import ApiClient
from binglian.domain.matters.actions import report_matter
from binglian.domain.matters.facts import ContactFacts, MatterFacts, PhotoFacts
from binglian.domain.matters.models import Matter
from binglian.domain.matters.photos import MOST_PHOTOS, photo_facts

from .answers import answers_of
from .endpoint import Asked
from .parameters import Parameters
from .refusals import Refused
from .services import category_of

LONGEST = 4000  # characters, as the standard says
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "")
_PHONE = re.compile(r"\+?[0-9 ()\-]{3,30}")
_EAST_ASIAN = re.compile("[\u3400-\u9fff]")


def post(asked: Asked) -> tuple[str, Any]:
    """Take the report in; on the test endpoint, check everything and store nothing."""
    client, alliance = sender(asked)
    if not asked.parameters.text("service_code"):
        raise Refused(400, _("请给出 service_code。"))
    facts = _facts(asked, alliance, client)

    def act() -> dict[str, Any]:
        reported = report_matter(alliance=alliance, facts=facts, by=None)
        return _received(reported.matter, reported.token)

    answer = once(asked, client, act)
    if asked.is_test:
        notice = _("测试接口：内容检查无误，没有保存。")
        answer = {"service_request_id": "test", "service_notice": notice, "account_id": None}
    return "service_requests", [answer]


def sender(asked: Asked) -> tuple[ApiClient, Alliance]:
    """Who posts, and where to: with a key that is good for this jurisdiction, and in a form."""
    if asked.client is None:
        raise Refused(403, _("请给出 api_key。"))
    if asked.request.content_type not in _FORMS:
        raise Refused(400, _("请以 application/x-www-form-urlencoded 提交。"))
    alliance = asked.alliance()
    if asked.client.alliance_id not in (None, alliance.pk):
        raise Refused(403, _("api_key 不能用于“%(slug)s”。") % {"slug": alliance.slug})
    return asked.client, alliance


def once(asked: Asked, client: ApiClient, act: Any) -> dict[str, Any]:
    """What ``act`` answers; once only for one ``Idempotency-Key``, not at all for a test."""
    with transaction.atomic():
        if key := idempotency_key_of(asked.request):
            if len(key) > LONGEST_KEY:
                raise Refused(400, _("Idempotency-Key 太长，最多 200 字。"))
            answer = answer_once(
                client=client, idempotency_key=key, request=_as_text(asked.request), act=act
            )
        else:
            answer = act()
        if asked.is_test:
            transaction.set_rollback(True)
    return answer


def _received(matter: Matter, token: str) -> dict[str, Any]:
    link = settings.SITE_URL + reverse("public_matters:follow", args=[token])
    notice = _("诉求已收到，审核后公开。办理情况：%(link)s") % {"link": link}
    return {
        "service_request_id": matter.number,
        "token": token,
        "service_notice": notice,
        "account_id": None,
    }


def _facts(asked: Asked, alliance: Alliance, client: ApiClient) -> MatterFacts:
    parameters = asked.parameters
    category = category_of(alliance, parameters.text("service_code"))
    latitude = parameters.number("lat", -90, 90)
    longitude = parameters.number("long", -180, 180)
    if (latitude is None) != (longitude is None):
        raise Refused(400, _("lat 与 long 须同时给出。"))
    address, courtyard = parameters.text("address_string", 120), parameters.text("address_id", 60)
    if latitude is None and not address and not courtyard:
        raise Refused(400, _("请给出地点：lat 和 long，或 address_string，或 address_id。"))
    return MatterFacts(
        text=_text(asked),
        category=category,
        source=Matter.Source.API,
        latitude=latitude,
        longitude=longitude,
        address=address,
        courtyard=courtyard,
        contact=_contact(parameters, client),
        answers=answers_of(parameters, category),
        photos=_photos(asked.request),
    )


def _photos(request: HttpRequest) -> list[PhotoFacts]:
    """Pictures sent as files, as some clients do; beyond the standard."""
    files = [file for _name, several in request.FILES.lists() for file in several]
    if len(files) > MOST_PHOTOS:
        raise Refused(400, _("最多 %(n)s 张照片。") % {"n": MOST_PHOTOS})
    return [photo_facts(file.read()) for file in files]


def _text(asked: Asked) -> str:
    """The description, and below it the address of a picture, which is never opened."""
    text = asked.parameters.text("description", LONGEST)
    if not text:
        raise Refused(400, _("请在 description 里写明是什么事。"))
    picture = asked.parameters.text("media_url", 500)
    if not picture:
        return text
    if not _is_web_address(picture):
        raise Refused(400, _("media_url 须是 http 或 https 网址。"))
    text = f"{text}\n\n{_('附图网址（未核实）')}：{picture}"
    if len(text) > LONGEST:
        raise Refused(
            400, _("description 与 media_url 合起来太长，最多 %(n)s 字。") % {"n": LONGEST}
        )
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:
        return False


def _contact(parameters: Parameters, client: ApiClient) -> ContactFacts | None:
    """How to reach the reporter, with the words under which it was left."""
    email, phone = parameters.text("email", 254), parameters.text("phone", 40)
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Refused(400, _("email 不是邮箱地址。")) from None
    if phone and not _PHONE.fullmatch(phone):
        raise Refused(400, _("phone 不是电话号码。"))
    name = _name(parameters.text("first_name", 40), parameters.text("last_name", 40))
    if not (name or email or phone):
        return None
    consent = _(
        "由“%(client)s”经开放接口提交。提交方声明：已告知本人并征得同意，联系方式只用于办理和"
        "回访这件诉求，到期删除。"
    ) % {"client": client}
    return ContactFacts(name=name, phone=phone, email=email, consent_text=consent)


def _name(first: str, last: str) -> str:
    """Family name first and nothing between, where names are written so."""
    if _EAST_ASIAN.search(first + last):
        return last + first
    return f"{first} {last}".strip()


def _as_text(request: HttpRequest) -> str:
    """What was posted, the key apart: the same text for the same request."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "api_key")
    query = sorted((name, values) for name, values in request.GET.lists() if name != "api_key")
    path = request.path.rpartition("/")[2].partition(".")[0]
    return json.dumps([path, query, fields, list(_digests(request))], ensure_ascii=False)


def _digests(request: HttpRequest) -> Iterator[str]:
    for _name, files in sorted(request.FILES.lists()):
        for file in files:
            file.seek(0)
            yield hashlib.sha256(file.read()).hexdigest()
