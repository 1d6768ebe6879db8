"""Staff rights begin after the second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .signin import needs_second_factor

# What staff need before they have one: setting it up, signing out, help in their language.
_BEFORE = (
    "/accounts/logout/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/totp/activate/",
    "/accounts/password/reset/",
    "/static/",
    "/taal/",
)


# The rest of /accounts/ is about passwords and codes, which a guest has none of.
_FOR_GUESTS = (
    "/accounts/login/",
    "/accounts/2fa/authenticate/",
    "/accounts/logout/",
    "/accounts/signup/",
    "/accounts/password/reset/",
)


class SecondFactorMiddleware:
    """Sends staff who have not shown a second factor to the page where they set one up, and
    guests away from pages about passwords and codes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_BEFORE) and needs_second_factor(request):
            return redirect("mfa_activate_totp")
        if _is_closed(request.path) and request.user.is_authenticated and not request.user.email:
            return redirect("home")
        return self.get_response(request)


def _is_closed(path: str) -> bool:
    return path.startswith("/accounts/") and not path.startswith(_FOR_GUESTS)
