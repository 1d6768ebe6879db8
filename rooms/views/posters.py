"""A poster to print: A4, with a code that leads to a room or a conversation."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from deliberation.kernel import clock
from deliberation.people.requests import actor_for
from rooms import access
from rooms.posters.pdf import pdf
from rooms.posters.sheet import Sheet
from rooms.rights import Action

from .answers import in_words
from .documents import as_pdf, wanted_language


@require_safe
@in_words
def poster(request: HttpRequest, slug: str, thread: int | None = None) -> HttpResponse:
    """In Dutch, or in the language of `?lang=`."""
    at = clock.now()
    room = access.room_for(actor_for(request, at=at), slug, to=Action.READ, at=at)
    found = access.thread_for(room, thread) if thread else None
    path = reverse("thread", args=[slug, found.pk]) if found else reverse("room", args=[slug])
    sheet = Sheet(
        question=found.title if found else room.charter.question or room.title,
        place=room.title if found else room.neighbourhood.name,
        address=request.build_absolute_uri(path),
    )
    with wanted_language(request):
        return as_pdf(pdf(sheet.html()), f"{slug}.pdf")
