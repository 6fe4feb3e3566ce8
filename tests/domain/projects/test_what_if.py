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

    assert answer.told == (
        "删去「施工招标」「规划公示」，只省 1 个工作日，因为「用地手续与不动产登记」随即成为关键。",
        "Removing “Tender for works”, “Publicity of the design” gains only 1 working day, "
        "because “Land formalities and title” takes over.",
    )
    took_over = Task.objects.filter(pk__in=answer.newly_critical)
    assert (answer.now.working_days, answer.then.working_days) == (71, 70)
    assert {"07", "08", "13"} <= set(took_over.values_list("number", flat=True))


def test_an_answer_survives_being_kept_as_json(underground):
    answer = ask(underground, "14")

    assert type(answer).from_json(answer.as_json()) == answer
