"""A meeting for the calendar of a phone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from deliberation.kernel import clock
from rooms import access

from .answers import in_words
from .parts import place_of


@require_safe
@in_words
def ics(request: HttpRequest, slug: str, subject: int) -> HttpResponse:
    """One event (RFC 5545). Fetched again, it replaces itself."""
    _actor, room = place_of(request, slug)
    meeting = access.meeting_for(room, subject)
    address = request.build_absolute_uri(reverse("meeting", args=[slug, meeting.pk]))
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{request.get_host()}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("description", _("Come to the hall, or take part at home:") + f" {address}")
    event.add("url", address)
    calendar = Calendar()
    calendar.add("prodid", "-//deliberation//meetings//NL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{meeting.pk}.ics"'
    return response
