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


class SecondFactorMiddleware:
    """Sends staff who have not shown a second factor to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(_BEFORE) and needs_second_factor(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)
