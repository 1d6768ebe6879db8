"""An agenda as open data: what residents ask for, with its sources by address; no names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from deliberation.agenda.models import TITLE
from rooms.models import Neighbourhood, Room

from .cards import Card
from .listing import Listing
from .words import sentences_of, shown

RULE = (
    "people x agreement: distinct people behind a need, times the share who agree in the group "
    "that agrees least (1/2 where nobody took a stance)"
)
Address = Callable[[str], str]


def agenda_data(
    listing: Listing, place: Neighbourhood, address: Address, at: datetime
) -> dict[str, Any]:
    """`address` makes a path into a whole address."""
    sentences = _sentences(listing.cards, address)

    def told(cards: list[Card]) -> list[dict[str, Any]]:
        return [_need(card, sentences.get(card.need.pk, []), address) for card in cards]

    return {
        "neighbourhood": {"name": place.name, "slug": place.slug},
        "address": address(reverse("agenda", args=[place.slug])),
        "at": at.isoformat(),
        "order": RULE,
        "needs": told(listing.listed),
        "ended": told(listing.ended),
        "suggested_by_computer": told(listing.suggested),
    }


def _need(card: Card, sentences: list[dict[str, Any]], address: Address) -> dict[str, Any]:
    need, figures = card.need, card.figures
    return {
        "kenmerk": need.kenmerk,
        "address": address(card.address),
        "title": card.title,
        "summary": sentences,
        "state": need.state,
        "theme": need.theme,
        "origin": need.origin,
        "wording": need.wording,
        "people": figures.people,
        "messages": figures.messages,
        "support": card.support,
        "agree": figures.opinion.agree,
        "disagree": figures.opinion.disagree,
        "unsure": figures.opinion.unsure,
        "trend": figures.trend,
        "first": figures.first,
        "last": figures.last,
        "listed_at": need.listed_at,
        "asked_at": need.asked_at,
        "due_on": need.due_on,
        "outcome": card.outcome,
    }


def _sentences(cards: list[Card], address: Address) -> dict[int, list[dict[str, Any]]]:
    """What each need says below its title, as far as it stands."""
    slugs = dict(Room.objects.opened().values_list("pk", "slug"))
    found: dict[int, list[dict[str, Any]]] = {}
    for one in sentences_of([card.need.pk for card in cards]):
        cited = [each.message for each in one.citations.all() if each.stands]
        if one.place == TITLE or not (text := shown(one)):
            continue
        paths = [reverse("message", args=[slugs[each.room_id], each.pk]) for each in cited]
        sentence = {"text": text, "sources": [address(path) for path in paths]}
        found.setdefault(one.need_id, []).append(sentence)
    return found
