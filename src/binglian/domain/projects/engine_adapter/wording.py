"""How the engine's sentences name our tasks, offices and days."""

from __future__ import annotations

from binglian.engine.planning.wording import WORKING_DAYS, Language, Wording

from .problem import Snapshot, organisation_ref

LANGUAGES: tuple[Language, ...] = ("zh", "en")
Texts = tuple[str, str]


def words_of(snapshot: Snapshot, language: Language) -> Wording:
    """Words for a snapshot's refs. What other alliances ask of an office is not told by name."""
    english = language == "en"
    ours = {project.alliance_id for project in snapshot.projects}
    titles = {}
    for ref, task in snapshot.held.items():
        project = task.project
        if project.alliance_id in ours:
            whose = (project.title_en or project.title_zh) if english else project.title_zh
            what = (task.title_en or task.title_zh) if english else task.title_zh
            titles[ref] = f"{whose}: {what}" if english else f"{whose}：{what}"
        else:
            titles[ref] = "an item of another alliance" if english else "其他联盟的事项"
    for ref, task in snapshot.tasks.items():
        titles[ref] = (task.title_en or task.title_zh) if english else task.title_zh
        if task.organisation is not None:
            office = task.organisation
            name = (office.name_en or office.name) if english else office.name
            titles[organisation_ref(office.pk)] = name
    return Wording(
        language=language,
        titles=titles,
        unit=WORKING_DAYS,
        start=lambda instant: snapshot.days.first_day(instant).isoformat(),
        finish=lambda instant: snapshot.days.last_day(instant).isoformat(),
    )
