"""`deliberation staff`: the first people who work for the municipality."""

import argparse
import sys

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from deliberation.kernel.refusals import Refused
from deliberation.kernel.text import NAME_LIMIT, line
from deliberation.people.models import Person
from deliberation.people.roles import STAFF_ROLES


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email")
    parser.add_argument("name")
    parser.add_argument(
        "--role", action="append", required=True, choices=[role.value for role in STAFF_ROLES]
    )
    parser.add_argument("--site", default="http://localhost:8000", help="where the site is")


def run(arguments: argparse.Namespace) -> int:
    try:
        name = line(arguments.name, limit=NAME_LIMIT)
    except Refused as refused:
        print(refused.text % refused.values, file=sys.stderr)
        return 2
    person, made = Person.objects.get_or_create(
        email=arguments.email.lower(), defaults={"name": name, "roles": arguments.role}
    )
    if not made:
        print("There is already someone with this address.", file=sys.stderr)
        return 1
    person.set_unusable_password()
    person.save()
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    uid, _, token = key.partition("-")
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    print(f"Give {name} this link to choose a password (once):\n{arguments.site}{address}")
    return 0
