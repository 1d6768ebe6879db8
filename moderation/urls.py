"""Addresses of moderation."""

from django.urls import path

from .views import acting, decisions

urlpatterns = [
    path("r/<slug:slug>/m/<int:subject>/hide", acting.hide, name="message_hide"),
    path("r/<slug:slug>/m/<int:subject>/restore", acting.restore, name="message_restore"),
    path("r/<slug:slug>/m/<int:subject>/ban", acting.ban_author, name="message_author_ban"),
    path("r/<slug:slug>/m/<int:subject>/besluit", decisions.decision_of, name="decision_of"),
    path("r/<slug:slug>/bans/", acting.bans, name="bans"),
    path("r/<slug:slug>/bans/<int:subject>/lift", acting.unban, name="unban"),
    path("r/<slug:slug>/besluit/<uuid:puid>/", decisions.decision, name="decision"),
    path("r/<slug:slug>/besluit/<uuid:puid>/opnieuw", decisions.appeal, name="appeal"),
    path("r/<slug:slug>/opnieuw-kijken/", decisions.appeals, name="appeals"),
    path("r/<slug:slug>/opnieuw-kijken/<int:subject>", decisions.answer, name="appeal_answer"),
]
