"""«What if» about a project: nothing is written until somebody adopts it."""

from binglian.domain.projects.engine_adapter import Changes, ask_what_if
from binglian.domain.projects.models import Task

from .conftest import MONDAY


def ask(project, *removed, **changes):
    pks = {task.number: task.pk for task in project.tasks.all()}
    asked = Changes(removed=tuple(pks[number] for number in removed), **changes)
    return ask_what_if(project, asked, today=MONDAY, seconds=2)


def test_without_tender_and_publicity_only_one_day_is_gained_for_title_takes_over(underground):
    answer = ask(underground, "14", "11")

    took_over = Task.objects.filter(pk__in=answer.newly_critical)
    assert (answer.now.working_days, answer.then.working_days) == (71, 70)
    assert {"07", "08", "13"} <= set(took_over.values_list("number", flat=True))


def test_an_answer_survives_being_kept_as_json(underground):
    answer = ask(underground, "14")

    assert type(answer).from_json(answer.as_json()) == answer
