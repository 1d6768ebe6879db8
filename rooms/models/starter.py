"""Conversations that are started at a planned moment."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import MESSAGE_LIMIT, TITLE_LIMIT
from deliberation.people.models import Person

from .room import Room
from .thread import ThreadKind

WEEK = timedelta(days=7)


class Starter(models.Model):
    """At `next_at` the room gets this conversation, in the name of who planned it."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="starters")
    planned_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    kind = models.CharField(_("kind"), max_length=10, choices=ThreadKind)
    body = models.TextField(_("first words"), max_length=MESSAGE_LIMIT)
    next_at = models.DateTimeField(_("day and time"), db_index=True)
    weekly = models.BooleanField(_("every week"), default=False)
    until = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("starter")
        verbose_name_plural = _("starters")
        ordering: ClassVar = ["next_at", "pk"]

    def __str__(self) -> str:
        return self.title

    def after(self, at: datetime) -> datetime | None:
        """The next moment later than `at`, at the same time of the clock; None when it was once."""
        if not self.weekly:
            return None
        local = timezone.localtime(self.next_at).replace(tzinfo=None)
        while timezone.make_aware(local) <= at:
            local += WEEK
        return None if self.until and local.date() > self.until else timezone.make_aware(local)
