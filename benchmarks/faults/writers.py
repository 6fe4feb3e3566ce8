"""Who writes to the site meanwhile: people at forms, programs with keys; none gives up early."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

_TOKENS = {
    name: re.compile(rf'name="{name}" value="([^"]+)"') for name in ("csrfmiddlewaretoken", "once")
}
#: Seconds until an unanswered request is sent again: at first, and at most.
_PAUSES = 0.15, 2.0
_TIMEOUT = 20.0
#: A way to the sign-in page acknowledges nothing.
_SIGNED_OUT = 401


@dataclass(slots=True)
class Filing:
    """One thing a writer wants done, under a mark by which it is found again."""

    kind: str
    mark: str
    is_acknowledged: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Manners:
    """Shares of filings: sent twice at once, sent again later, cut off before the answer."""

    twice: float = 0.05
    again: float = 0.05
    cut: float = 0.05


@dataclass
class Crowd:
    """Writers in threads; ``pause`` waits until each has been told what became of its filing."""

    port: int
    world: dict[str, Any]
    seed: int
    size: int = 4
    manners: Manners = field(default_factory=Manners)

    def __post_init__(self) -> None:
        self.filings: list[Filing] = []
        self.errors: dict[str, int] = {}
        #: What was refused for good, in the words of the first.
        self.refusals: dict[str, str] = {}
        self._lock = threading.Lock()
        self._may_write = threading.Event()
        self._is_over = False
        self._proposals = iter(self.world["proposals"])
        self._number = 0
        self._idle = threading.Semaphore(0)
        names = range(self.size)
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in names]
        for thread in self._threads:
            thread.start()
        self.pause()  # each has come in and waits

    def go_on(self) -> None:
        self._may_write.set()

    def pause(self) -> None:
        """Raise ``TimeoutError`` if a writer is left without an answer."""
        self._may_write.clear()
        for _ in self._threads:
            if not self._idle.acquire(timeout=180):
                raise TimeoutError("a writer was never answered")

    def stop(self) -> None:
        """From a pause."""
        self._is_over = True
        self._may_write.set()
        for thread in self._threads:
            thread.join()

    def _write(self, number: int) -> None:
        drawn = random.Random(f"{self.seed}:{number}")
        earlier: list[tuple[Filing, Callable[[], int | None]]] = []
        while True:
            if not self._may_write.is_set():
                self._idle.release()
                self._may_write.wait()
            if self._is_over:
                return
            filing, send = self._next(drawn)
            self._file(drawn, filing, send)
            earlier = [*earlier[-4:], (filing, send)]
            if drawn.random() < self.manners.again:  # out of order, and long answered
                self._until_answered(*drawn.choice(earlier))

    def _next(self, drawn: random.Random) -> tuple[Filing, Callable[[], int | None]]:
        with self._lock:
            self._number += 1
            mark = f"标记 {self.seed}-{self._number}"
            proposal = next(self._proposals, None) if drawn.random() < 0.3 else None
        if proposal:
            filing, send = Filing("accept", str(proposal)), self._accept(proposal)
        else:
            ways = {
                "offer": [self._offer_by_program, self._offer_by_form],
                "matter": [self._matter_by_program, self._matter_by_open311],
            }
            kind = drawn.choice(list(ways))
            filing, send = Filing(kind, mark), drawn.choice(ways[kind])(mark)
        with self._lock:
            self.filings.append(filing)
        return filing, send

    def _file(self, drawn: random.Random, filing: Filing, send: Callable[..., int | None]) -> None:
        if drawn.random() < self.manners.cut:
            send(cut=True)
        if drawn.random() < self.manners.twice:
            other = threading.Thread(target=self._until_answered, args=(filing, send))
            other.start()
            self._until_answered(filing, send)
            other.join()
        else:
            self._until_answered(filing, send)

    def _until_answered(self, filing: Filing, send: Callable[[], int | None]) -> None:
        end, (pause, longest) = time.monotonic() + 150, _PAUSES
        while time.monotonic() < end:
            filing.tries += 1
            status = send()
            if status is not None and status < 400:
                filing.is_acknowledged = True
                return
            with self._lock:
                name = str(status or "no answer")
                self.errors[name] = self.errors.get(name, 0) + 1
            if status is not None and status < 500 and status != 429:
                return  # refused for good: nothing was promised
            time.sleep(pause)
            pause = min(2 * pause, longest)

    # ---- one request of each kind; sent again it is the very same ----------------------------

    def _offer_by_program(self, mark: str) -> Callable[..., int | None]:
        body = {"title": mark, "kind": "venue", "quantity": 1, "unit": "间"}
        return self._by_program(f"/api/v1/alliances/{self.world['slug']}/own/offers", body, mark)

    def _matter_by_program(self, mark: str) -> Callable[..., int | None]:
        body = {"text": mark, "address": "黄岛路17号"}
        return self._by_program(f"/api/v1/alliances/{self.world['slug']}/matters", body, mark)

    def _accept(self, proposal: int) -> Callable[..., int | None]:
        path = f"/api/v1/alliances/{self.world['slug']}/own/commitments/{proposal}/accept"
        return self._by_program(path, {}, f"accept {proposal}")

    def _by_program(self, path: str, body: dict[str, Any], mark: str) -> Callable[..., int | None]:
        headers = {
            "Content-Type": "application/json",
            "X-API-Key": self.world["member_key"],
            "Idempotency-Key": f'"{mark.encode().hex()}"',
        }
        content = json.dumps(body).encode()
        return lambda cut=False: self._post(path, content, headers, cut=cut)[0]

    def _matter_by_open311(self, mark: str) -> Callable[..., int | None]:
        said = {
            "api_key": self.world["reporter_key"],
            "service_code": "lamps",
            "description": mark,
            "address_string": "黄岛路17号",
        }
        headers = {"Idempotency-Key": mark.encode().hex()}
        return self._by_fields("/open311/v2/requests.json", said, headers)

    def _offer_by_form(self, mark: str) -> Callable[..., int | None]:
        """Opens the form first, however often that takes; then posts what it was filled with."""
        path = f"/a/{self.world['slug']}/offers/new/"
        session = {"Cookie": f"sessionid={self.world['session']}"}
        filled: dict[str, str] = {}
        headers: dict[str, str] = {}

        def send(cut: bool = False) -> int | None:
            with self._lock:
                is_open = bool(filled)
            if not is_open:
                status, page, cookie = self._ask("GET", path, None, session)
                if status != 200:
                    return status
                main = page.decode().split("<main", 1)[1]
                found = {name: look.findall(main)[0] for name, look in _TOKENS.items()}
                with self._lock:
                    if not filled:
                        filled.update(found, title=mark, kind="venue", quantity="1", unit="间")
                        filled["organisation"] = str(self.world["organisation"])
                        headers["Cookie"] = f"{session['Cookie']}; {cookie.split(';')[0]}"
            return self._by_fields(path, filled, headers)(cut=cut)

        return send

    def _by_fields(
        self, path: str, said: dict[str, str], headers: dict[str, str]
    ) -> Callable[..., int | None]:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        content = urlencode(said).encode()
        return lambda cut=False: self._post(path, content, headers | form, cut=cut)[0]

    def _post(
        self, path: str, content: bytes, headers: dict[str, str], *, cut: bool
    ) -> tuple[int | None, bytes, str]:
        return self._ask("POST", path, content, headers, cut=cut)

    def _ask(
        self,
        method: str,
        path: str,
        content: bytes | None,
        headers: dict[str, str],
        *,
        cut: bool = False,
    ) -> tuple[int | None, bytes, str]:
        """Status (``None``: no answer), body and cookie; ``cut``: gone before the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_TIMEOUT)
        try:
            line.request(method, path, body=content, headers=headers)
            if cut:
                return None, b"", ""
            answer = line.getresponse()
            body = answer.read()
            if answer.headers.get("Location", "").startswith("/login/"):
                return _SIGNED_OUT, body, ""
            if 400 <= answer.status < 500:
                with self._lock:
                    self.refusals.setdefault(f"{method} {path} {answer.status}", body.decode())
            return answer.status, body, answer.headers.get("Set-Cookie", "")
        except (OSError, http.client.HTTPException):
            return None, b"", ""
        finally:
            line.close()
