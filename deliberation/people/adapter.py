"""How sign-in behaves: staff are made by an administrator, nobody signs up by themselves."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .models import Person
from .origin import address_of_request
from .signin import signed_in_just_now


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Ask an administrator."),
        "email_password_mismatch": _(
            "This e-mail address and password don't belong together. Check both and try again."
        ),
        "enter_current_password": _("Type the password that you have now."),
        "incorrect_password": _("This is not your password. Try again."),
        "password_min_length": _("Use at least {0} characters."),
        "too_many_login_attempts": _("Too many tries in a short time. Try again in five minutes."),
        "rate_limited": _("That is going very fast. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        if user.is_staff_member:
            request.session.set_expiry(settings.STAFF_SESSION_SECONDS)

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("desk")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a few minutes ago has just said who they are."""
        wanted: bool = super().is_reauthentication_required(app=app, **kwargs)
        return wanted and not signed_in_just_now(self.request)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of_request(request) or "?"

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME}: {subject}"


class StaffMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of code generators unreadable to who only has the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Wait for the next code and try again."),
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return str(getattr(user, "email", None) or user)

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [
        urlsafe_b64encode(sha256(f"mfa:{secret}".encode()).digest()) for secret in map(str, secrets)
    ]
    return MultiFernet([Fernet(key) for key in keys])
