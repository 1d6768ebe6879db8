"""Taking part with no more than a name, tied to this browser."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from deliberation.kernel.ids import derived_ref
from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.kernel.text import NAME_LIMIT, line

from . import names
from .models import Person

# Every refusal here has a code that starts with this, so that it stands beside the name.
NAME = "name_"
SENT_TWICE = timedelta(minutes=2)


def checked_name(name: str, *, taken: Iterable[str] = ()) -> str:
    """The name as it will be shown. Raises Refused; `taken` are names of others in this place."""
    found = _line(name)
    if names.has_odd_signs(found):
        raise Refused(
            "name_signs",
            gettext_noop("A name has letters, digits, spaces and signs like - ' . only."),
        )
    if not names.has_letter(found):
        raise Refused("name_letters", gettext_noop("A name has at least one letter."))
    if names.mixes_alphabets(found):
        raise Refused(
            "name_mixed",
            gettext_noop("This name mixes letters of different alphabets. Use one alphabet."),
        )
    if names.poses_as_office(found) or names.poses_as(found, _staff_names()):
        raise Refused(
            "name_staff",
            gettext_noop(
                "This name looks like one of the municipality. Choose a name of your own, so that "
                "everyone knows who is who."
            ),
        )
    if any(names.same_name(found, other) for other in taken):
        raise Refused(
            "name_taken",
            gettext_noop("There is already a %(name)s here. Add something, like your street."),
            values={"name": found},
        )
    return found


def guest(name: str, *, at: datetime, form: UUID | None = None) -> Person:
    """A resident with a checked name. The same `form` sent twice at once is one person."""
    if form is None:
        return Person.objects.create_user(None, name=name, joined_at=at)
    source = f"form:{derived_ref(form, name)}"
    earlier = Person.objects.filter(source=source).first()
    if earlier is None:
        return Person.objects.create_user(None, name=name, joined_at=at, source=source)
    if at - earlier.joined_at < SENT_TWICE:
        return earlier
    return Person.objects.create_user(None, name=name, joined_at=at)


def _line(name: str) -> str:
    try:
        return line(name, limit=NAME_LIMIT)
    except Refused as refused:
        text = refused.text
        if refused.code == "empty":
            text = gettext_noop("Choose a name first. Everyone sees it beside what you write.")
        raise Refused(NAME + refused.code, text, values=refused.values) from refused


def _staff_names() -> list[str]:
    return [name for name, roles in Person.objects.exclude(roles=[]).values_list("name", "roles")]
