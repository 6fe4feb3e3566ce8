"""Residents' matters of three years, each with its course as far as it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import numpy as np

from binglian.domain.accounts.models import Notification
from binglian.domain.accounts.tokens import digest_of
from binglian.domain.matters.models import Assignment, Contact, Matter, Parking, Reply, Revisit

from .bodies import Body, Circle
from .chains import Acts, moment
from .rows import Rows
from .span import DAY, Span, day_of
from .spelling import findable
from .words import ANSWERS, CANNOT, ENDINGS, KINDS, OPENINGS

#: Drawn and settled at once.
_BATCH = 20_000
_SOURCES = (("web", 0.55), ("worker", 0.2), ("email", 0.05), ("api", 0.2))
#: Days that the way to reach a reporter is kept.
_KEPT_DAYS = 180
#: Shares of revisits: solved as Qingdao told of 2025, 95.03 %, and content, 96.15 %.
_SOLVED, _CONTENT = 0.9503, 0.9615
#: A degree of longitude is shorter than one of latitude up here.
_SHORTER = np.array([0.808, 1.0])
_CONSENT = "仅用于办理和回访本件诉求。"
State = Matter.State
#: What, when, by whom, for whom, and the facts of its sentence.
_Step = tuple[str, float | None, tuple[int, str] | None, Body | None, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Draw:
    """What chance says of one matter: indices, uniform numbers of 0 to 1, places in degrees."""

    key: int
    at: float
    circle: Circle
    kind: int
    text: str
    place: int
    longitude: float
    latitude: float
    luck: list[float]


class Residents:
    """Writes matters in the order in which they were reported."""

    def __init__(self, rows: Rows, acts: Acts, circles: list[Circle], span: Span) -> None:
        self._rows, self._acts, self._circles, self._span = rows, acts, circles, span
        self._numbers: dict[tuple[int, str], Iterator[int]] = {}
        #: Alliance and kind → the latest matter sent: its key, its number, until when it was open.
        self._open: dict[tuple[int, int], tuple[int, str, float]] = {}

    def report(self, n: int, chance: np.random.Generator) -> Iterator[int]:
        """Write ``n`` matters; yields how many are done after each batch."""
        instants = self._span.instants(n, chance)
        for first in range(0, n, _BATCH):
            batch = instants[first : first + _BATCH]
            for draw in self._drawn(first, batch, chance):
                self._write(draw)
            done = first + len(batch)
            if done < n:
                self._acts.settle(float(instants[done]))
            yield done

    def _drawn(self, first: int, at: np.ndarray, chance: np.random.Generator) -> Iterator[Draw]:
        """The chance of a whole batch at once: numpy draws arrays much faster than numbers."""
        n = len(at)
        weights = np.array([kind.weight for kind in KINDS], dtype=float)
        whose = chance.choice(len(self._circles), n, p=[c.share for c in self._circles])
        kinds = chance.choice(len(KINDS), n, p=weights / weights.sum())
        parts = len(self._circles[0].district.parts)
        places = np.minimum(chance.geometric(0.12, n) - 1, parts - 1)
        shifts = chance.normal(0, 0.004, (n, 2))
        luck = chance.random((n, 10)).tolist()
        for row in range(n):
            circle = self._circles[whose[row]]
            kind, middles = int(kinds[row]), circle.district.middles
            spot = middles[(places[row] + circle.key) % parts] + shifts[row]
            part = int((((middles - spot) * _SHORTER) ** 2).sum(axis=1).argmin())
            said = KINDS[kind].said
            text = (
                OPENINGS[int(luck[row][0] * len(OPENINGS))]
                + said[int(luck[row][1] * len(said))]
                + ENDINGS[int(luck[row][2] * len(ENDINGS))]
            )
            longitude, latitude = spot.round(6).tolist()
            key = first + row + 1
            yield Draw(
                key, float(at[row]), circle, kind, text, part, longitude, latitude, luck[row]
            )

    def _write(self, draw: Draw) -> None:
        course = _course(draw, self._span.end, self._open)
        number = self._number(draw)
        circle, kind = draw.circle, KINDS[draw.kind]
        lead = circle.leads[draw.kind]
        address = f"示例路{int(draw.luck[3] * 300) + 1}号"
        has_place = draw.luck[4] < 0.94
        is_new = self._span.end - draw.at < 2 * DAY
        visibility = (
            "private" if draw.luck[5] < 0.3 or course.state == State.REJECTED
            else "held" if is_new and draw.luck[5] < 0.6
            else "public"
        )  # fmt: skip
        self._rows.add(
            Matter,
            id=draw.key,
            alliance_id=circle.key,
            number=number,
            source=_source(draw.luck[6]),
            text=draw.text,
            public_text=draw.text if visibility == "public" else "",
            category_id=circle.categories[draw.kind],
            proposed_category_id=circle.categories[draw.kind],
            proposed_confidence=0.9,
            address=address,
            longitude=draw.longitude if has_place else None,
            latitude=draw.latitude if has_place else None,
            area_id=circle.district.parts[draw.place] if has_place else None,
            state=course.state.value,
            visibility=visibility,
            diversion="beyond" if course.state == State.DIVERTED else "",
            lead_id=lead.key if course.sent else None,
            token_digest=digest_of(f"generated-{draw.key}"),
            joined_to_id=course.joined_to[0] if course.joined_to else None,
            reported_at=moment(draw.at),
            dispatched_at=_at(course.sent),
            counted_from=_at(course.sent),
            period=kind.period if course.sent else None,
            clock=kind.clock if course.sent else "",
            contact_due_at=_at(course.sent and course.sent + DAY),
            contacted_at=_at(course.reached),
            due_at=_at(course.due),
            replied_at=_at(course.replied),
            closed_at=None if course.joined_to else _at(course.closed),
            changed_at=moment(course.closed or course.replied or course.sent or draw.at),
            search_text=findable(draw.text, address),
        )
        if course.sent:
            self._hand_out(draw, course, lead)
        if course.replied:
            self._answer(draw, course, lead)
        if course.state == State.PARKED:
            self._park(draw, course, lead)
        if draw.luck[7] < 0.6:
            self._keep_contact(draw, course)
        if course.sent:
            self._open[circle.key, draw.kind] = draw.key, number, course.replied or self._span.end
        self._tell(draw, number)
        self._note(draw, course, lead, number)

    def _number(self, draw: Draw) -> str:
        day = f"{day_of(draw.at):%Y%m%d}"
        numbers = self._numbers.setdefault((draw.circle.key, day), count(1))
        return f"{day}-{next(numbers):04d}"

    def _hand_out(self, draw: Draw, course: Course, lead: Body) -> None:
        members = draw.circle.members
        parts = [("lead", lead)]
        helper = members[int(draw.luck[9] * len(members))]
        if draw.luck[8] < 0.12 and helper is not lead:
            parts.append(("help", helper))
        is_waiting = course.state == State.DISPATCHED
        state = "done" if course.replied else "sent" if is_waiting else "accepted"
        for part, body in parts:
            self._rows.add(
                Assignment,
                matter_id=draw.key,
                organisation_id=body.key,
                part=part,
                state=state,
                sent_at=_at(course.sent),
                accepted_at=None if is_waiting else _at(course.sent and course.sent + 1800),
            )

    def _answer(self, draw: Draw, course: Course, lead: Body) -> None:
        is_solved = draw.luck[9] < 0.86
        reply = self._rows.add(
            Reply,
            matter_id=draw.key,
            organisation_id=lead.key,
            outcome="solved" if is_solved else "explained",
            public_text=ANSWERS[int(draw.luck[8] * len(ANSWERS))] if is_solved else CANNOT,
            by_id=lead.person[0],
            at=_at(course.replied),
        )
        if course.closed:
            solved = "yes" if draw.luck[1] < _SOLVED else "explained" if not is_solved else "no"
            content = "yes" if draw.luck[2] < 0.8 else "basically"
            self._rows.add(
                Revisit,
                reply_id=reply,
                channel="phone" if draw.luck[3] < 0.7 else "link",
                solved=solved,
                content=content if draw.luck[0] < _CONTENT else "no",
                by_id=draw.circle.secretary[0],
                at=_at(course.closed),
            )

    def _park(self, draw: Draw, course: Course, lead: Body) -> None:
        at = (course.sent or draw.at) + 3 * DAY
        self._rows.add(
            Parking,
            matter_id=draw.key,
            reason="须纳入明年改造计划。",
            look_again_on=day_of(self._span.end + draw.luck[2] * 200 * DAY),
            by_id=lead.person[0],
            at=moment(min(at, self._span.end - 60)),
        )

    def _keep_contact(self, draw: Draw, course: Course) -> None:
        """Always one that was erased already: nobody is behind it, and a key is not asked for."""
        end = (course.closed or draw.at) + _KEPT_DAYS * DAY
        self._rows.add(
            Contact,
            matter_id=draw.key,
            sealed=b"",
            consent_text=_CONSENT,
            consented_at=moment(draw.at),
            erase_on=day_of(end),
            erased_at=moment(min(end, self._span.end - 60)),
        )

    def _tell(self, draw: Draw, number: str) -> None:
        is_read = self._span.end - draw.at > 3 * DAY
        read_at = moment(draw.at + DAY) if is_read else None
        self._rows.add(
            Notification,
            user_id=draw.circle.secretary[0],
            key=f"matter:{draw.key}:new",
            text_zh=f"收到新诉求 {number}，请分派。",
            text_en=f"New matter {number}: please dispatch it.",
            url=f"/a/{draw.circle.slug}/matters/{draw.key}/",
            created_at=moment(draw.at),
            read_at=read_at,
            mailed_at=read_at,
            goes_by_mail=False,
        )

    def _note(self, draw: Draw, course: Course, lead: Body, number: str) -> None:
        secretary, officer = draw.circle.secretary, lead.person
        steps: list[_Step] = [
            ("reported", draw.at, None, None, {}),
            ("dispatched", course.sent, secretary, lead, {}),
            ("replied", course.replied, officer, lead, {}),
            ("closed", course.closed if course.replied else None, secretary, None, {}),
        ]
        if course.state == State.DIVERTED:
            facts = {"channel": "超出公共服务职责", "note": "请向有关方面反映。"}
            steps.append(("diverted", course.closed, secretary, None, facts))
        if course.state == State.REJECTED:
            steps.append(("rejected", course.closed, secretary, None, {"note": "内容是广告。"}))
        if course.joined_to:
            joined = {"number": course.joined_to[1]}
            steps.append(("joined", course.closed, secretary, None, joined))
        for what, at, by, body, facts in steps:
            if at is not None:
                self._acts.note(
                    at, draw.circle.slug, f"matter.{what}", Matter, draw.key, number,
                    by=by,
                    of=body.named if body else None,
                    step={
                        "matter_id": draw.key,
                        "what": what,
                        "organisation_id": body.key if body else None,
                        "facts": facts,
                    },
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """How far a matter has come; instants in seconds since the epoch, ``None`` if not yet."""

    state: Matter.State
    sent: float | None = None
    reached: float | None = None
    due: float | None = None
    replied: float | None = None
    closed: float | None = None
    joined_to: tuple[int, str] | None = None


def _course(
    draw: Draw, end: float, others: dict[tuple[int, int], tuple[int, str, float]]
) -> Course:
    """Sent after hours, answered within its period or late, closed after a revisit."""
    fate, speed, wait, late = draw.luck[9], draw.luck[0], draw.luck[1], draw.luck[2]
    sent = draw.at + 900 + wait**3 * 30 * 3600
    if sent > end:
        return Course(State.RECEIVED)
    if draw.luck[8] > 0.96:
        other = others.get((draw.circle.key, draw.kind))
        if other and draw.luck[8] < 0.98 and other[2] > sent:
            return Course(State.JOINED, closed=sent, joined_to=other[:2])
        state = State.DIVERTED if draw.luck[8] < 0.99 else State.REJECTED
        return Course(state, closed=sent)
    kind = KINDS[draw.kind]
    days = {"hours": kind.period / 24, "days": kind.period}.get(kind.clock, kind.period * 1.4)
    due = sent + days * DAY
    # Nine in ten in time; of the rest some take three periods.
    taken = days * (0.15 + 0.8 * speed if late < 0.91 else 1 + 2 * speed)
    replied = sent + taken * DAY
    reached = sent + draw.luck[3] * 0.9 * min(DAY, taken * DAY)
    known = reached if reached < end else None
    if fate > 0.985:
        return Course(State.PARKED, sent, known, due)
    if replied > end:
        state = State.DISPATCHED if end - sent < 1800 else State.HANDLING
        return Course(state, sent, known, due)
    closed = replied + (1 + 4 * draw.luck[4]) * DAY
    if closed > end:
        return Course(State.REPLIED, sent, known, due, replied)
    return Course(State.CLOSED, sent, known, due, replied, closed)


def _at(seconds: float | None) -> datetime | None:
    return None if seconds is None else moment(seconds)


def _source(luck: float) -> str:
    for source, share in _SOURCES:
        luck -= share
        if luck < 0:
            return source
    return _SOURCES[0][0]
