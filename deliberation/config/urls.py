"""Every address of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("deliberation.people.urls")),
    path("", include("moderation.urls")),
    path("", include("rooms.urls")),
]
