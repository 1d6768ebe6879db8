"""Counting what writers made of the question whether they mean it so."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from deliberation.kernel.refusals import Refused, gettext_noop
from moderation.models import NudgeCount, Outcome


@transaction.atomic
def nudge_count(*, outcome: str, at: datetime) -> None:
    """One more. Who it was and what it said is kept nowhere. Raises Refused."""
    if outcome not in Outcome.values:
        raise Refused("no_outcome", gettext_noop("This page is from before. Reload it."))
    day = timezone.localtime(at).date()
    found, _made = NudgeCount.objects.get_or_create(day=day, outcome=outcome)
    NudgeCount.objects.filter(pk=found.pk).update(count=F("count") + 1)
