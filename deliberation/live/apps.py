from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "deliberation.live"
    label = "live"
