"""The kenmerk: the permanent reference of a need or an answer, such as BH-2026-0042."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from .models import Reference


def next_kenmerk(*, at: datetime) -> str:
    """The next one of the year in which it is given, without gaps: call it in the transaction
    that stores it, which holds the year until commit."""
    year = timezone.localtime(at).year
    Reference.objects.get_or_create(year=year)
    row = Reference.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{settings.KENMERK_PREFIX}-{year}-{row.last:04d}"
