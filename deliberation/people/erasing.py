"""Emptying a person's row, and whatever belongs to it alone."""

from collections.abc import Iterator

from django.db import models

from .models import Ban, Person

# A ban is kept, without a name: others read in the log that it was given, and why.
KEPT: tuple[type[models.Model], ...] = (Ban,)


def belongings() -> Iterator[tuple[type[models.Model], str]]:
    """Every kind of row that would go if a person's row went, with its field for the person.

    What is only about them belongs to them; what others need points to a person as SET_NULL.
    """
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        found = relation.related_model
        if relation.on_delete is models.CASCADE and found not in KEPT and found is not Person:
            yield found, relation.field.name


def empty(person: Person) -> None:
    """Leave a row without a name, an address, a password or a role; sessions of it are over."""
    for kind, field in belongings():
        kind._base_manager.filter(**{field: person}).delete()
    person.name, person.email, person.source, person.roles = "", None, None, []
    person.is_active, person.last_login = False, None
    person.set_unusable_password()  # a session holds a hash of the password that was
    person.save()
