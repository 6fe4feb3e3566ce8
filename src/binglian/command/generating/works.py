"""Projects with their tasks, and announcements."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from binglian.domain.alliance.names import search_text
from binglian.domain.newsroom.models import Announcement, AnnouncementVersion
from binglian.domain.projects.models import Precedence, Project, Task, TaskMode

from .bodies import Circle
from .chains import Acts, moment
from .rows import Rows
from .span import DAY, Span, day_of
from .words import PURPOSES

_WORK = ("立项", "勘察", "方案设计", "施工图审查", "招标", "施工许可", "拆除", "主体施工", "管线",
         "铺装", "验收", "移交")  # fmt: skip
_TASK_DAYS = 20


def begin_projects(
    rows: Rows,
    acts: Acts,
    circles: list[Circle],
    span: Span,
    chance: np.random.Generator,
    *,
    each: int = 20,
) -> None:
    """``each`` projects in every alliance: a chain of twelve tasks, done as far as time went."""
    for circle in circles:
        for number, at in enumerate(span.instants(each, chance).tolist(), start=1):
            owner = circle.members[int(chance.integers(len(circle.members)))]
            title = f"{PURPOSES[int(chance.integers(len(PURPOSES)))]}提升工程{number}"
            ends = at + len(_WORK) * _TASK_DAYS * DAY
            is_finished = ends < span.end
            key = rows.add(
                Project,
                alliance_id=circle.key,
                number=f"P{number:03d}",
                title_zh=title,
                kind="other",
                owner_id=owner.key,
                area_id=circle.district.parts[number % len(circle.district.parts)],
                starts_on=day_of(at),
                due_on=day_of(ends + 30 * DAY),
                state="finished" if is_finished else "running",
                finished_on=day_of(ends) if is_finished else None,
                is_public=number % 4 > 0,
                entered_by_id=owner.person[0],
                entered_at=moment(at),
                changed_at=moment(at),
                search_text=search_text(title),
            )
            acts.note(
                at, circle.slug, "project.entered", Project, key, title,
                by=owner.person, of=owner.named,
            )  # fmt: skip
            if is_finished:
                acts.note(
                    ends, circle.slug, "project.finished", Project, key, title,
                    by=owner.person, of=owner.named,
                )  # fmt: skip
            _plan(rows, circle, key, at, span.end, chance)


def _plan(
    rows: Rows,
    circle: Circle,
    project: int,
    at: float,
    end: float,
    chance: np.random.Generator,
) -> None:
    before = None
    for position, title in enumerate(_WORK):
        begins = at + position * _TASK_DAYS * DAY
        ends = begins + _TASK_DAYS * DAY
        is_done, is_begun = ends < end, begins < end
        who = circle.members[int(chance.integers(len(circle.members)))]
        task = rows.add(
            Task,
            project_id=project,
            number=str(position + 1),
            title_zh=title,
            organisation_id=who.key,
            due_on=day_of(ends) + timedelta(days=10),
            state="passed" if is_done else "under_way" if is_begun else "waiting",
            since_on=day_of(min(begins, end - DAY)) if is_begun else None,
            mode="ordinary" if is_begun else "",
            started_on=day_of(begins) if is_begun else None,
            finished_on=day_of(ends) if is_done else None,
        )
        rows.add(TaskMode, task_id=task, days=14)
        if before:
            rows.add(Precedence, before_id=before, after_id=task)
        before = task


def announce(
    rows: Rows,
    acts: Acts,
    circles: list[Circle],
    span: Span,
    chance: np.random.Generator,
    *,
    each: int = 40,
) -> None:
    """``each`` announcements of every alliance, written by a member and looked at by another."""
    for circle in circles:
        for number, at in enumerate(span.instants(each, chance).tolist(), start=1):
            body = circle.members[int(chance.integers(len(circle.members)))]
            about = PURPOSES[int(chance.integers(len(PURPOSES)))]
            title = f"关于{about}的公告（第{number}号）"
            key = rows.add(
                Announcement,
                alliance_id=circle.key,
                organisation_id=body.key,
                state="published",
                shown_id=rows.next_key(AnnouncementVersion),
                entered_by_id=body.person[0],
                entered_at=moment(at - DAY),
                published_at=moment(at),
                changed_at=moment(at),
            )
            rows.add(
                AnnouncementVersion,
                announcement_id=key,
                number=1,
                title=title,
                summary=f"{about}将于近期开展，欢迎居民和商户参加。",
                body=f"{about}将于近期开展。\n\n报名和咨询请到各社区服务站。",
                written_by_id=body.person[0],
                written_at=moment(at - DAY),
                submitted_at=moment(at - DAY),
                reviewed_by_id=circle.secretary[0],
                reviewed_at=moment(at - 3600),
                is_approved=True,
            )
            acts.note(
                at, circle.slug, "announcement.published", Announcement, key, title,
                by=circle.secretary, of=body.named,
            )  # fmt: skip
