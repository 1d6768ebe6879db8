"""Residents for the people in an imported conversation: a name, and nothing else."""

from datetime import datetime

from django.db import transaction

from deliberation.kernel.ids import derived_ref
from deliberation.people.models import Person

from .conversation import Conversation
from .names import fresh_names

_SOURCE_LIMIT = 120
_NO_PASSWORD = "!"  # noqa: S105  (Django's mark: nobody can sign in with a password)


def residents(conversation: Conversation, *, at: datetime) -> dict[str, Person]:
    """A resident for each author and voter, by their id in the conversation; made once."""
    sources = {source_of(conversation, author): author for author in conversation.people()}
    with transaction.atomic():
        known = _found(sources)
        names = fresh_names(conversation.name, taken=_names())
        Person.objects.bulk_create(
            [
                Person(name=next(names), source=source, password=_NO_PASSWORD, joined_at=at)
                for source in sources
                if source not in known
            ],
            batch_size=500,
        )
        people = _found(sources)
    return {author: people[source] for source, author in sources.items()}


def source_of(conversation: Conversation, author: str) -> str:
    """What names this person for good. Names that others gave may be real: only Polis' numbers
    are kept as they are."""
    source = f"{conversation.source}:{conversation.name}:{author}"
    if conversation.source == "polis" and len(source) <= _SOURCE_LIMIT:
        return source
    return f"{conversation.source}:{derived_ref(conversation.name, author).hex}"


def _found(sources: dict[str, str]) -> dict[str, Person]:
    wanted = list(sources)
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), 500):
        rows = Person.objects.filter(source__in=wanted[start : start + 500])
        found |= {str(person.source): person for person in rows}
    return found


def _names() -> list[str]:
    return list(Person.objects.filter(name__startswith="Bewoner ").values_list("name", flat=True))
