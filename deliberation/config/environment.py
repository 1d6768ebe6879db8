"""Where settings come from: the environment, each with a safe default."""

import re
import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from deliberation.agenda.deadlines import BUILT_IN, Policy, WrongPolicy
from deliberation.agenda.deadlines import read as policies_in

from .themes import NotATheme, Theme
from .themes import theme as chosen

PREFIX = "DELIBERATION_"
env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str = "") -> str:
    return str(env.str(PREFIX + name, default=default))


def flag(name: str, default: bool = False) -> bool:
    return bool(env.bool(PREFIX + name, default=default))


def number(name: str, default: int) -> int:
    return int(env.int(PREFIX + name, default=default))


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    return list(env.list(PREFIX + name, default=list(default)))


def minutes(name: str, known: dict[str, int]) -> dict[str, int]:
    """Minutes by word, like "one=30,other=60"; what is not given stays as it is known.

    Raises ImproperlyConfigured for another word, or for what is no number above zero.
    """
    given = env.dict(PREFIX + name, default={})
    for word, said in given.items():
        if word not in known or not said.isdecimal() or int(said) == 0:
            raise ImproperlyConfigured(
                f"{PREFIX}{name}: “{word}={said}” is not understood. Known are "
                f"{', '.join(known)}, each with a whole number of minutes, like: "
                f"{','.join(f'{key}={value}' for key, value in known.items())}"
            )
    return known | {word: int(said) for word, said in given.items()}


def secret(data_dir: Path, *, production: bool) -> str:
    """The given secret; outside production one that is made once and kept in the data folder.

    Raises ImproperlyConfigured in production when none, or too short a one, is given.
    """
    given = text("SECRET_KEY")
    if given and (len(given) >= 40 or not production):
        return given
    if production:
        raise ImproperlyConfigured(
            "Set DELIBERATION_SECRET_KEY to at least 40 random characters, for example the output "
            "of: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    data_dir.mkdir(parents=True, exist_ok=True)
    kept = data_dir / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_urlsafe(48))
        kept.chmod(0o600)
    return kept.read_text()


def vapid_key() -> str:
    """The private key for Web Push, if one is given. Raises ImproperlyConfigured for none."""
    given = text("VAPID_PRIVATE_KEY").strip()
    if given and not re.fullmatch(r"[A-Za-z0-9_-]{43}=?", given):
        raise ImproperlyConfigured(
            "DELIBERATION_VAPID_PRIVATE_KEY is no key. Make one with: deliberation vapid --new"
        )
    return given


def site_url(hosts: list[str], *, production: bool) -> str:
    """The first name of this site, as an address."""
    return f"https://{hosts[0]}" if production else "http://localhost:8000"


def theme() -> Theme:
    """The chosen theme. Raises ImproperlyConfigured for what is none, or can't be read by all."""
    try:
        return chosen(text("THEME", "linde"))
    except NotATheme as wrong:
        raise ImproperlyConfigured(f"DELIBERATION_THEME: {wrong}") from wrong


def need_policy() -> tuple[Policy, ...]:
    """By when answers are owed: the municipality's own rules, or those we come with.

    Raises ImproperlyConfigured for what is no set of rules.
    """
    try:
        return policies_in(Path(text("NEED_POLICY", str(BUILT_IN))))
    except WrongPolicy as wrong:
        raise ImproperlyConfigured(f"DELIBERATION_NEED_POLICY: {wrong}") from wrong


def hosts(*, production: bool) -> list[str]:
    """Names this server answers to. Raises ImproperlyConfigured in production without any."""
    given = words("ALLOWED_HOSTS")
    if production and (not given or "*" in given):
        raise ImproperlyConfigured(
            "Set DELIBERATION_ALLOWED_HOSTS to the names of this site, separated by commas, "
            "for example: praat.example.nl"
        )
    return given or ["localhost", "127.0.0.1", "[::1]", "testserver"]
