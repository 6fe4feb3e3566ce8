"""Finding the form of a route, sending it twice, and counting what each arrival made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from .filling import Form, forms_of
from .walk import ROLES, Route, address

#: Who is asked first for the form of a route.
ORDER = (
    "anonymous",
    "secretariat",
    "giver",
    "receiver",
    "lead_a",
    "lead_b",
    "administrator",
    "auditor",
    "viewer",
    "outsider",
)
_MAY = ("200", "302", "409", "422")
_KEYS = "ledger_keptanswer"
#: What any request may leave behind; a sign-in is no act.
_ASIDE = {"django_session", "search_changed"}


@dataclass(frozen=True)
class Case:
    """What the sample alliance and the form alone do not tell of a route.

    ``said`` is filled in beside what the form asks for; what can be called is asked of the
    samples. ``before`` makes the state in which the form is there, and tells what is new by its
    word. ``by`` is who sends it, on ``page`` with ``query``.
    """

    said: dict[str, Any] = field(default_factory=dict)
    before: Callable[[dict[str, Any]], Any] | None = None
    by: str = ""
    page: str = ""
    query: str = ""


class Sender:
    """Knows every route, what the table says of it, and the pages looked at so far."""

    def __init__(
        self,
        known: dict[str, Route],
        table: dict[tuple[str, str], list[str]],
        samples: dict[str, Any],
        sessions: dict[str, str | None],
    ) -> None:
        self.known, self.table, self.samples = known, table, samples
        self.sessions, self.client = sessions, Client(raise_request_exception=False)
        self.found: dict[str, dict[str, Form]] = {}
        self.seen: set[tuple[str, str]] = set()

    def outcome(self, route: str, case: Case) -> str:
        """«once», or what is the matter."""
        with transaction.atomic():
            others = case.before(self.samples) if case.before else None
            known = self.samples | others if isinstance(others, dict) else self.samples
            found = self._form_in_its_state(route, case, known) if _is_special(case) else None
            by, form = found or self._form(route) or ("", None)
            told = self._sent(by, form, case) if form else "no form found"
            transaction.set_rollback(True)
        return told

    def _sent(self, by: str, form: Form, case: Case) -> str:
        told: list[str] = []
        more = {
            name: value(self.samples) if callable(value) else value
            for name, value in case.said.items()
        }
        for said in form.ways_to_fill_in():
            told.append(self._sent_twice(by, form.sent_to, said | more))
            if not told[-1].startswith(("refused", "changes nothing")):
                return told[-1]
        return "; ".join(dict.fromkeys(told))

    def _form_in_its_state(
        self, route: str, case: Case, known: dict[str, Any]
    ) -> tuple[str, Form] | None:
        """The form as it stands now, on a page that is not remembered."""
        for by in [case.by] if case.by else self._who_may(route):
            for page in [case.page] if case.page else [route, *self._pages(route, by)]:
                forms = self._forms_on(page, by, known, case.query)
                if route in forms:
                    return by, forms[route]
        return None

    def _form(self, route: str) -> tuple[str, Form] | None:
        for by in self._who_may(route):
            forms = self.found.setdefault(by, {})
            for page in self._pages(route, by):
                if route in forms:
                    break
                if (by, page) not in self.seen:
                    self.seen.add((by, page))
                    for name, form in self._forms_on(page, by, self.samples).items():
                        forms.setdefault(name, form)
            if route in forms:
                return by, forms[route]
        return None

    def _who_may(self, route: str) -> list[str]:
        row = self.table[route, "POST"]
        return [role for role in ORDER if row[ROLES.index(role)] in _MAY]

    def _pages(self, route: str, by: str) -> Iterator[str]:
        """Its own page first, then those of its subject."""
        subject = route.rpartition(":")[0]
        for name, method in sorted(self.table, key=lambda each: each[0] != route):
            is_near = name == route or name.rpartition(":")[0] == subject
            is_read = method == "GET" and self.table[name, method][ROLES.index(by)] == "200"
            if is_near and is_read:
                yield name

    def _forms_on(
        self, page: str, by: str, known: dict[str, Any], query: str = ""
    ) -> dict[str, Form]:
        path = address(self.known[page], known)
        forms: dict[str, Form] = {}
        for form in forms_of(path, self._browser(by).get(path + query.format(**known))):
            try:
                where = resolve(urlsplit(form.sent_to).path)
            except Resolver404:
                continue
            forms.setdefault(where.view_name, form)
        return forms

    def _browser(self, by: str) -> Client:
        """A browser of theirs that knows of no answer so far but the page it has open."""
        self.client.cookies.clear()
        if key := self.sessions[by]:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = key
        return self.client

    def _sent_twice(self, by: str, path: str, said: dict[str, Any]) -> str:
        counts, answers = [_rows()], []
        with transaction.atomic():
            for _each in range(2):
                answers.append(self._browser(by).post(path, dict(_with_files(said))))
                counts.append(_rows())
            transaction.set_rollback(True)
        first, again = answers
        if first.status_code >= 400:
            return f"refused, {first.status_code}: {_problems(first)}"
        made, twice = _grown(counts[0], counts[1]), _grown(counts[1], counts[2])
        if twice:
            return f"made twice: {', '.join(twice)}"
        if not made:
            return f"changes nothing, {first.status_code}"
        if _KEYS not in made:
            return f"acts without a key: {', '.join(made)}"
        if _told(first) != _told(again):
            return f"answered {_told(first)}, then {_told(again)}"
        return "once"


def _is_special(case: Case) -> bool:
    return bool(case.before or case.by or case.page or case.query)


def _told(response: HttpResponse) -> tuple[int, str | None]:
    return response.status_code, response.get("Location")


def _with_files(said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Files anew for each arrival: one that was read is at its end."""
    for name, value in said.items():
        if isinstance(value, tuple):
            yield name, SimpleUploadedFile(*value)
        else:
            yield name, value


def _problems(response: HttpResponse) -> str:
    page = lxml.html.fromstring(response.content)
    texts = page.xpath("//*[contains(@class,'invalid-feedback') or contains(@class,'alert')]")
    texts = texts or page.xpath("//main")
    return " ".join(" ".join(text.text_content().split()) for text in texts)[:300]


def _rows() -> dict[str, int]:
    """How many rows each table has, by few questions."""
    names = sorted({model._meta.db_table for model in apps.get_models()})
    found: list[int] = []
    with connection.cursor() as cursor:
        for first in range(0, len(names), 90):
            some = names[first : first + 90]
            counts = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in some)
            cursor.execute(f"SELECT {counts}")
            found += cursor.fetchone()
    return dict(zip(names, found, strict=True))


def _grown(before: dict[str, int], after: dict[str, int]) -> list[str]:
    """Tables with more rows than before."""
    return [name for name in before if after[name] > before[name] and name not in _ASIDE]
