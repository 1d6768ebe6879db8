"""What every template may say about the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from .display import COOKIE, Display


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "organisation": settings.ORGANISATION or gettext("the municipality"),
        "contact": settings.CONTACT,
        "demo": settings.DEMO,
        "theme_version": settings.THEME.version,
        "time_zone": settings.TIME_ZONE,
        "display": Display.kept(request.COOKIES.get(COOKIE)),
    }
