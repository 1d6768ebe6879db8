"""Addresses of moderation."""

from django.urls import path

from . import views

urlpatterns = [
    path("r/<slug:slug>/m/<int:subject>/hide", views.hide, name="message_hide"),
    path("r/<slug:slug>/m/<int:subject>/restore", views.restore, name="message_restore"),
    path("r/<slug:slug>/m/<int:subject>/ban", views.ban_author, name="message_author_ban"),
    path("r/<slug:slug>/bans/", views.bans, name="bans"),
    path("r/<slug:slug>/bans/<int:subject>/lift", views.unban, name="unban"),
]
