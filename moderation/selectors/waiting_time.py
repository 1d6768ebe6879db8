"""How long it takes before someone looks: told to who reports, and to everyone."""

from datetime import datetime, timedelta
from statistics import median

from django.db.models import DurationField, ExpressionWrapper, F

from moderation.models import Case

SINCE = timedelta(days=30)
MOST = 200
ENOUGH = 5  # cases; of fewer, the time says nothing


def usual_wait(*, at: datetime) -> timedelta | None:
    """The median time from the first report to the decision; None while it is not known."""
    closed = Case.objects.filter(closed_at__gt=at - SINCE).order_by("-closed_at")
    lasted = ExpressionWrapper(F("closed_at") - F("opened_at"), DurationField())
    found = closed.annotate(lasted=lasted).values_list("lasted", flat=True)[:MOST]
    times = [one.total_seconds() for one in found]
    return timedelta(seconds=median(times)) if len(times) >= ENOUGH else None
