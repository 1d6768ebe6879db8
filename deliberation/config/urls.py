"""Every address of the site."""

from django.urls import include, path

from .theming import theme_css

urlpatterns = [
    path("theme.css", theme_css, name="theme"),
    path("", include("deliberation.people.urls")),
    path("", include("moderation.urls")),
    path("", include("deliberation.agenda.urls")),
    path("", include("rooms.urls")),
]
