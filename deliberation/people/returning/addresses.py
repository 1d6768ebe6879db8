"""Leaving an e-mail address, removing it, and coming back by it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from deliberation.kernel.refusals import Refused, gettext_noop
from deliberation.people.actors import Actor
from deliberation.people.models import Person, ReturnAddress, ReturnAddressQuerySet

from . import letters, links


def plain(email: str) -> str:
    """An address as it is kept and mailed: of what only differs in capitals there is one."""
    return email.strip().lower()


def address_ask(*, actor: Actor, email: str, at: datetime) -> None:
    """Mail a link that ties `email` to this person; nothing about it is stored before it is used.

    Whoever the address belongs to, the answer is the same, and one letter goes out. Raises Refused
    for visitors and for staff, and when mail fails.
    """
    person, email = resident(actor), plain(email)
    other = ReturnAddress.objects.usable().filter(email=email).exclude(person=person).first()
    if _is_of_staff(email):
        letters.staff(email)
    elif other is not None:
        letters.taken(email, name=other.person.name)
    else:
        row, _ = ReturnAddress.objects.get_or_create(person=person)
        link = links.Keep(person.pk, row.turn, email)
        letters.keep(email, name=person.name, token=links.keep_token(link, at=at))


def asks(link: links.Keep | links.Return | None) -> Person | None:
    """Whom a link is about, as long as it can be used; looking at it changes nothing."""
    if link is None:
        return None
    rows = _of(link).filter(person__is_active=True, person__roles=[])
    row = rows.select_related("person").first()
    return row.person if row else None


def address_keep(*, link: links.Keep, at: datetime) -> bool:
    """Tie the address to the person, in place of one before. False when the link is over."""
    if _is_of_staff(link.email) or asks(link) is None:
        return False
    try:
        with transaction.atomic():
            done = _of(link).update(email=link.email, kept_at=at, turn=F("turn") + 1)
    except IntegrityError:  # somebody else kept a name with it meanwhile
        return False
    return bool(done)


def address_drop(*, actor: Actor) -> None:
    """Forget the address; links that are under way are over. Raises Refused."""
    mine = ReturnAddress.objects.filter(person=resident(actor))
    mine.update(email=None, kept_at=None, turn=F("turn") + 1)


def return_ask(*, email: str, at: datetime) -> None:
    """Mail a link to come back, or a letter that says why there is none. The answer is the same.

    Raises Refused when mail fails.
    """
    email = plain(email)
    row = ReturnAddress.objects.usable().filter(email=email).select_related("person").first()
    if _is_of_staff(email):
        letters.staff(email)
    elif row is None:
        letters.unknown(email)
    else:
        token = links.return_token(links.Return(row.person_id, row.turn), at=at)
        letters.come_back(email, name=row.person.name, token=token)


def return_by(*, link: links.Return) -> Person | None:
    """Use up the link. The person, once; None when it is over."""
    person = asks(link)
    used = person is not None and _of(link).update(turn=F("turn") + 1)
    return person if used else None


def resident(actor: Actor) -> Person:
    """The person. Raises Refused for visitors and for staff."""
    found = Person.objects.filter(pk=actor.id or 0, is_active=True).first()
    if found is None:
        raise Refused("signed_out", gettext_noop("Choose a name first. Then you can keep it."))
    if found.is_staff_member or found.email:
        raise Refused(
            "staff_stays",
            gettext_noop("You work for the municipality: sign in with your password and code."),
        )
    return found


def _of(link: links.Keep | links.Return) -> ReturnAddressQuerySet:
    """The row a link is about, if its turn is not over. To keep, there need be no address yet.

    By columns of its own only: of two who press at once, the database lets one change the turn.
    """
    rows = ReturnAddress.objects.filter(person=link.person, turn=link.turn)
    return rows.exclude(email=None) if isinstance(link, links.Return) else rows


def _is_of_staff(email: str) -> bool:
    """Whether a password goes with it."""
    return Person.objects.filter(email__iexact=email).exists()
