"""Addresses of moderation."""

from django.urls import path

from .views import acting, decisions, figures, hearing, lists, queue, reporting, tone

urlpatterns = [
    path("r/<slug:slug>/m/<int:subject>/hide", acting.hide, name="message_hide"),
    path("r/<slug:slug>/m/<int:subject>/restore", acting.restore, name="message_restore"),
    path("r/<slug:slug>/m/<int:subject>/ban", acting.ban_author, name="message_author_ban"),
    path("r/<slug:slug>/m/<int:subject>/besluit", decisions.decision_of, name="decision_of"),
    path("r/<slug:slug>/m/<int:subject>/melden", reporting.report_new, name="report_new"),
    path("r/<slug:slug>/melding/<int:subject>/", reporting.report, name="report"),
    path("r/<slug:slug>/vraag/<int:subject>/", hearing.page, name="hearing"),
    path("toon", tone.looked, name="tone"),
    path("cijfers/", figures.page, name="figures"),
    path("cijfers/besluiten/", figures.decisions, name="figures_decisions"),
    path("cijfers/kamer/<slug:slug>/", figures.page, name="figures_room"),
    path("cijfers.csv", figures.as_csv, name="figures_csv"),
    path("cijfers.json", figures.as_json, name="figures_json"),
    path("moderatie/", queue.page, name="queue"),
    path("moderatie/woordenlijsten/", lists.page, name="watch_lists"),
    path("moderatie/woordenlijsten/<str:name>/", lists.one, name="watch_list"),
    path("moderatie/woordenlijsten/<str:name>/bestand", lists.as_file, name="watch_list_file"),
    path("moderatie/stand", queue.state, name="queue_state"),
    path("moderatie/zaak/<int:case>", queue.act, name="queue_act"),
    path("moderatie/samen", queue.together, name="queue_together"),
    path("moderatie/overdracht", queue.hand_over, name="queue_hand_over"),
    path("moderatie/ongedaan/<uuid:puid>", queue.undo, name="queue_undo"),
    path("r/<slug:slug>/bans/", acting.bans, name="bans"),
    path("r/<slug:slug>/bans/<int:subject>/lift", acting.unban, name="unban"),
    path("r/<slug:slug>/bans/<int:subject>/keep", acting.still_needed, name="still_needed"),
    path("r/<slug:slug>/besluit/<uuid:puid>/", decisions.decision, name="decision"),
    path("r/<slug:slug>/besluit/<uuid:puid>/opnieuw", decisions.appeal, name="appeal"),
    path("r/<slug:slug>/opnieuw-kijken/", decisions.appeals, name="appeals"),
    path("r/<slug:slug>/opnieuw-kijken/<int:subject>", decisions.answer, name="appeal_answer"),
]
