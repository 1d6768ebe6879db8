"""Signing in with a password, also where a guest was before."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth import logout
from django.http import HttpResponse


class SignIn(LoginView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        if self.request.user.is_authenticated:
            logout(self.request)
        response: HttpResponse = super().form_valid(form)
        return response
