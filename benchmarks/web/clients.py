"""Many readers at once: each asks, waits for the answer, and asks again.

python -m benchmarks.web.clients < PLAN      the plan is JSON; see ``Plan``

Prints one line of JSON: name → milliseconds of every answer, and what went wrong. Standard library
only, and connections stay open, so that the generator takes little of the machine it measures.
"""

from __future__ import annotations

import json
import random
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote, urlencode

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_SAID = ("路灯不亮", "下水道堵了", "垃圾满了", "路面有坑", "施工太吵", "停车堵门", "屋顶漏雨")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where, how many, how long, what.

    ``pages`` and ``writes`` are what ``prepare`` told; without ``writes`` nothing is changed.
    """

    port: int
    clients: int
    seconds: float
    seed: int
    pages: list[dict[str, Any]]
    writes: dict[str, Any] | None = None


class Reader(threading.Thread):
    """One person with one connection."""

    def __init__(self, plan: Plan, number: int, until: float, accepts: list[Any]) -> None:
        super().__init__()
        self.plan, self.until, self.accepts = plan, until, accepts
        self.chance = random.Random(f"{plan.seed}-{number}")
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.wrong: list[str] = []
        self.connection = HTTPConnection("127.0.0.1", plan.port, timeout=60)

    def run(self) -> None:
        while time.perf_counter() < self.until:
            for act in self.deck():
                if time.perf_counter() >= self.until:
                    break
                act()
        self.connection.close()

    def deck(self) -> list[Callable[[], None]]:
        """Every page as often as its share says, and the writes between them, shuffled."""
        acts: list[Callable[[], None]] = [
            lambda page=page: self._read(page)
            for page in self.plan.pages
            for _time in range(page["share"])
        ]
        if self.plan.writes:
            acts += [self._accept, self._report, self._post] * max(1, len(acts) // 6)
        self.chance.shuffle(acts)
        return acts

    def _read(self, page: dict[str, Any]) -> None:
        cookie = {"Cookie": page["cookie"]} if page["cookie"] else {}
        self._ask(page["name"], "GET", page["path"], cookie, {200})

    def _accept(self) -> None:
        try:
            accept = self.accepts.pop()
        except IndexError:
            return
        token = "a" * 32
        headers = _FORM | {"Cookie": f"{accept['cookie']}; csrftoken={token}"}
        body = urlencode({"csrfmiddlewaretoken": token})
        self._ask("accept a promise", "POST", accept["path"], headers, {302}, body)

    def _report(self) -> None:
        """The form first, as a browser does, then what was written into it."""
        writes = self.plan.writes or {}
        asked = self._ask("form of a report", "GET", writes["report"], {}, {200})
        if asked is None:
            return
        page, cookies = asked
        hidden = dict(_HIDDEN.findall(page))
        headers = _FORM | {"Cookie": "; ".join(cookies)}
        body = hidden | {
            "text": self._said(),
            "address": f"示例路{self.chance.randrange(300)}号",
            "seen_similar": "1",
        }
        self._ask("report a matter", "POST", writes["report"], headers, {302}, urlencode(body))

    def _post(self) -> None:
        writes = self.plan.writes or {}
        body = {
            "api_key": writes["key"],
            "jurisdiction_id": writes["jurisdiction"],
            "service_code": writes["service"],
            "description": self._said(),
            "address_string": f"示例路{self.chance.randrange(300)}号",
        }
        path = writes["open311"]
        self._ask("Open311 post", "POST", path, dict(_FORM), {200, 201}, urlencode(body))

    def _said(self) -> str:
        return f"{self.chance.choice(_SAID)}，第{self.chance.randrange(10**6)}次反映。"

    def _ask(
        self,
        name: str,
        method: str,
        path: str,
        headers: dict[str, str],
        expected: set[int],
        body: str | None = None,
    ) -> tuple[str, list[str]] | None:
        # Everybody has an address of their own: limits are for one, and the city is many.
        spread = self.chance.getrandbits(24)
        headers["X-Forwarded-For"] = f"10.{spread >> 16}.{spread >> 8 & 255}.{spread & 255}"
        begun = time.perf_counter()
        try:
            self.connection.request(method, quote(path, safe="/?=&%"), body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException) as error:
            self.connection.close()
            self.wrong.append(f"{name}: {type(error).__name__}: {error}")
            return None
        self.taken[name].append(1000 * (time.perf_counter() - begun))
        if answer.status not in expected:
            self.wrong.append(f"{name}: status {answer.status}")
            return None
        cookies = [one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or []]
        return content.decode(), cookies


def main() -> None:
    plan = Plan(**json.load(sys.stdin))
    accepts = list(plan.writes["accepts"]) if plan.writes else []
    until = time.perf_counter() + plan.seconds
    readers = [Reader(plan, number, until, accepts) for number in range(plan.clients)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    taken: dict[str, list[float]] = defaultdict(list)
    for reader in readers:
        for name, times in reader.taken.items():
            taken[name] += times
    wrong = [one for reader in readers for one in reader.wrong]
    print(json.dumps({"taken": taken, "errors": len(wrong), "wrong": wrong[:20]}))


if __name__ == "__main__":
    main()
