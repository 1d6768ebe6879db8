from django.apps import AppConfig


class EventLogConfig(AppConfig):
    name = "deliberation.eventlog"
    label = "eventlog"
    default_auto_field = "django.db.models.BigAutoField"
