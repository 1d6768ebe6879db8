"""Who works here: inviting people, giving roles, switching accounts off."""

from collections.abc import Iterable

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import get_reset_password_from_key_url
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.http import HttpRequest

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import NAME_LIMIT, line

from .actors import Actor
from .models import Person
from .roles import STAFF_ROLES, Role


def staff_invite(*, actor: Actor, name: str, email: str, roles: Iterable[str]) -> Person:
    """A new member of staff, who sets a password by a link. Raises Refused."""
    _require_administrator(actor)
    wanted = _roles(roles)
    if not wanted:
        raise Refused("no_role", gettext_noop("Choose at least one role."))
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(
            "taken",
            gettext_noop("There is already an account with this e-mail address. Change its roles."),
        )
    return Person.objects.create_user(
        email.lower(), name=line(name, limit=NAME_LIMIT), roles=wanted
    )


def staff_roles(*, actor: Actor, person: Person, roles: Iterable[str], is_active: bool) -> Person:
    """Change roles, or switch an account off. The last administrator stays. Raises Refused."""
    _require_administrator(actor)
    wanted = _roles(roles)
    with transaction.atomic():
        others = Person.objects.select_for_update().exclude(pk=person.pk).exclude(roles=[])
        loses = Role.ADMINISTRATOR not in wanted or not is_active
        if loses and not any(
            Role.ADMINISTRATOR in other.role_set for other in others if other.is_active
        ):
            raise Refused(
                "last_administrator",
                gettext_noop("Someone has to stay administrator. Make someone else one first."),
            )
        person.roles, person.is_active = wanted, is_active
        person.save(update_fields=["roles", "is_active"])
    return person


def password_link(request: HttpRequest, person: Person) -> str:
    """The address where this person sets a password, once and for a few days."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    return str(get_reset_password_from_key_url(request, key))


def _staff(people: Iterable[Person]) -> list[Person]:
    return [person for person in people if person.is_staff_member]


def _roles(roles: Iterable[str]) -> list[str]:
    wanted = set(roles)
    return [role.value for role in STAFF_ROLES if role.value in wanted]


def _require_administrator(actor: Actor) -> None:
    if Role.ADMINISTRATOR not in actor.roles:
        raise Refused("not_allowed", gettext_noop("Only an administrator can do this."))
