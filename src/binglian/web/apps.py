from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "binglian.web"
    label = "web"
