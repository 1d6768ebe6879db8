from django.apps import AppConfig


class CompositionConfig(AppConfig):
    name = "deliberation.config"
    label = "composition"
