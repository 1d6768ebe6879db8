from django.apps import AppConfig

from rooms.attached import (
    attach_needs,
    attach_news,
    attach_opinions,
    attach_privacy,
    attach_screening,
    attach_waiting,
)


class CompositionConfig(AppConfig):
    name = "deliberation.config"
    label = "composition"

    def ready(self) -> None:
        """Say what packages hand to those below them. Models can be imported from here on."""
        from deliberation.agenda.selectors import need_views, needs_by_id, needs_since
        from deliberation.agenda.selectors.groups import people_by_group
        from deliberation.agenda.selectors.news import news_of
        from deliberation.agenda.selectors.review import waiting
        from deliberation.agenda.services.forgetting import kept_of, person_forget, rooms_with
        from deliberation.agenda.shown import Shown
        from moderation.selectors.news import news_of as decision_news
        from moderation.selectors.queue import reported
        from moderation.services.forgetting import decisions_forget, decisions_of
        from moderation.services.holding import held
        from rooms.agenda_shown import attach_agenda

        attach_needs(listed=need_views, by_id=needs_by_id, since=needs_since)
        attach_news(news_of, decision_news)
        attach_privacy(
            places=rooms_with,
            forgets=[person_forget, decisions_forget],
            keeps=[kept_of, decisions_of],
        )
        attach_waiting(waiting, reported)
        attach_screening(held)
        attach_opinions(people_by_group)
        attach_agenda(Shown())
