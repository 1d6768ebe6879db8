"""Setting up and removing a code generator, with what that means for this session."""

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import HttpResponse

from deliberation.people.signin import forget_second_factor, record_second_factor


class Activate(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_second_factor(self.request, self.request.user)
        return response


class Deactivate(DeactivateTOTPView):  # type: ignore[misc]
    """For a new phone: until a new generator is set up, staff pages stay shut."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        forget_second_factor(self.request)
        return response
