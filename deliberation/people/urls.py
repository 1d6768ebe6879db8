"""Addresses of people: sign-in with a second factor, staff, the demonstration."""

from django.urls import include, path
from django.views.generic.base import RedirectView

from .views import demo, secondfactor, signin, staff

_no_own_email = RedirectView.as_view(pattern_name="mfa_index")

urlpatterns = [
    path("accounts/login/", signin.SignIn.as_view()),
    path("accounts/2fa/totp/activate/", secondfactor.Activate.as_view()),
    path("accounts/2fa/totp/deactivate/", secondfactor.Deactivate.as_view()),
    # An administrator gives the address that an account has.
    path("accounts/email/", _no_own_email),
    path("accounts/confirm-email/", _no_own_email),
    path("accounts/", include("allauth.urls")),
    path("beheer/mensen/", staff.people, name="people"),
    path("beheer/mensen/<int:person>/", staff.person, name="person"),
    path("demo/", demo.demo, name="demo"),
    path("demo/<slug:role>/", demo.demo_role, name="demo_role"),
]
