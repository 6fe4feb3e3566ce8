from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "binglian.web"
    label = "web"

    def ready(self) -> None:
        from .accounts import factor_notices, lifetimes, noticing
        from .checks.books.supervising import books_of, observations_of, open_days_of
        from .checks.site.supervising import findings_of
        from .openness.question_views import questions_shown
        from .portal.supervising import fill

        factor_notices.listen()
        noticing.listen()
        lifetimes.listen()
        fill("open-days", template="checks/parts/public_open_days.html", content=open_days_of)
        fill("questions", template="openness/parts/project_questions.html", content=questions_shown)
        fill("findings", template="checks/parts/public_observations.html", content=observations_of)
        fill("goods", template="checks/parts/public_books.html", content=books_of)
        fill("findings", template="checks/parts/public_findings.html", content=findings_of)
