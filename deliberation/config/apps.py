from django.apps import AppConfig

from rooms.attached import attach_needs, attach_news, attach_waiting


class CompositionConfig(AppConfig):
    name = "deliberation.config"
    label = "composition"

    def ready(self) -> None:
        """Say what packages hand to those below them. Models can be imported from here on."""
        from deliberation.agenda.selectors import need_views, needs_by_id
        from deliberation.agenda.selectors.news import news_of
        from deliberation.agenda.selectors.review import waiting

        attach_needs(listed=need_views, by_id=needs_by_id)
        attach_news(news_of)
        attach_waiting(waiting)
