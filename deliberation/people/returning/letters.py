"""The letters with a link, or with why there is none. Only the owner of an address reads which."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from deliberation.kernel.refusals import Refused, gettext_noop


def keep(email: str, *, name: str, token: str) -> None:
    """Ask whether this address is theirs."""
    link = _address("keep_confirm", token)
    _send("keep", email, gettext("Keep your name"), name=name, link=link)


def taken(email: str, *, name: str) -> None:
    """It keeps another name already: `name`."""
    _send("taken", email, gettext("Keep your name"), name=name, link=_address("return"))


def come_back(email: str, *, name: str, token: str) -> None:
    """The link with which they go on as `name`."""
    link = _address("return_by", token)
    _send("come_back", email, gettext("Your link to go on"), name=name, link=link)


def unknown(email: str) -> None:
    """Nobody is known under it: said in a letter, so that the page need not tell."""
    _send("unknown", email, gettext("Your link to go on"), link=_address("return"))


def staff(email: str) -> None:
    """A member of staff has a password and a code."""
    _send("staff", email, gettext("Sign in as staff"), link=_address("account_login"))


def _send(letter: str, email: str, subject: str, **said: str) -> None:
    """In the language of now. Raises Refused when no mail server takes it."""
    text = render_to_string(
        f"people/returning/{letter}.txt", {"site_name": settings.SITE_NAME} | said
    )
    try:
        EmailMessage(f"{settings.SITE_NAME}: {subject}", text, to=[email]).send()
    except OSError as error:  # also what SMTP says
        words = gettext_noop("We can't send mail now. Nothing has changed. Try again later.")
        raise Refused("unavailable", words) from error


def _address(name: str, *token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=token)}"
