from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "binglian.web"
    label = "web"

    def ready(self) -> None:
        from .accounts import factor_notices

        factor_notices.listen()
