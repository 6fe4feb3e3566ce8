from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "binglian.web"
    label = "web"

    def ready(self) -> None:
        from .accounts import factor_notices
        from .openness.question_views import questions_shown
        from .portal.supervising import fill

        factor_notices.listen()
        fill("questions", template="openness/parts/project_questions.html", content=questions_shown)
