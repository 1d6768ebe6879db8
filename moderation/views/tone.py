"""A look at what is about to be sent: it stands in no address and is kept nowhere."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse

from deliberation.kernel import clock
from deliberation.kernel.text import MESSAGE_LIMIT
from deliberation.people.requests import actor_for
from moderation.services.nudging import nudge_count
from moderation.tone import tone
from rooms.forms_guard import same_origin_post
from rooms.views.answers import in_words


@same_origin_post
@in_words
def looked(request: HttpRequest) -> HttpResponse:
    """With `text`, what its writer may want to think about, as JSON; with `how`, one more of those.

    What people made of it is counted of who has a name here, so that nobody counts up from afar.
    """
    at = clock.now()
    if "how" not in request.POST:
        return JsonResponse(asdict(tone(request.POST.get("text", "")[:MESSAGE_LIMIT], at=at)))
    if actor_for(request, at=at).id is not None:
        nudge_count(outcome=request.POST["how"], at=at)
    return HttpResponse(status=204)
