"""A conversation about one subject, inside a room."""

from datetime import datetime
from typing import ClassVar, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import TITLE_LIMIT
from deliberation.people.models import Person
from deliberation.protocol import shapes
from deliberation.protocol.shapes import ThreadLimits, ThreadView

from .room import Room


class ThreadKind(models.TextChoices):
    NEED = "need", _("Need")
    QUESTION = "question", _("Question")
    IDEA = "idea", _("Idea")
    CONCERN = "concern", _("Concern")
    ACTIVITY = "activity", _("Activity")


class ThreadState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    MERGED = "merged", _("Merged")
    MOVED = "moved", _("Moved")


class Thread(models.Model):
    """`message_count` and `last_seq` stand here so that a long room opens as fast as a new one.

    The limits hold until `limits_until`; without that there are none.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="threads")
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    kind = models.CharField(_("kind"), max_length=10, choices=ThreadKind)
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    state = models.CharField(_("state"), max_length=10, choices=ThreadState, default="open")
    reason = models.CharField(_("reason"), max_length=2000, blank=True)
    continued_in = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    message_count = models.PositiveIntegerField(_("messages"), default=0)
    last_seq = models.BigIntegerField(_("last number"), default=0)
    daily_limit = models.PositiveSmallIntegerField(_("messages a day"), null=True)
    length_limit = models.PositiveSmallIntegerField(_("characters a message"), null=True)
    answers_to = models.ForeignKey("rooms.Message", models.SET_NULL, null=True, related_name="+")
    limits_reason = models.CharField(_("reason"), max_length=2000, blank=True)
    limits_until = models.DateTimeField(_("until"), null=True)
    pinned = models.ForeignKey("rooms.Message", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title

    def limits(self) -> ThreadLimits | None:
        """As they were set, whether they are over or not."""
        if self.limits_until is None:
            return None
        return ThreadLimits(
            reason=self.limits_reason,
            until=self.limits_until,
            daily=self.daily_limit,
            length=self.length_limit,
            answers_to=self.answers_to_id,
        )

    def limits_at(self, at: datetime) -> ThreadLimits | None:
        """Those in force."""
        found = self.limits()
        return found if found and found.until > at else None

    def view(self) -> ThreadView:
        """Select `opened_by` and `continued_in__room` with it."""
        goal = self.continued_in
        return ThreadView(
            id=self.pk,
            title=self.title,
            kind=cast("shapes.Kind", ThreadKind(self.kind).value),
            opened_at=self.opened_at,
            opened_by=self.opened_by.author() if self.opened_by else None,
            state=cast("shapes.ThreadState", ThreadState(self.state).value),
            reason=self.reason or None,
            merged_into=goal.pk if goal and self.state == ThreadState.MERGED else None,
            limits=self.limits(),
            pinned=self.pinned_id,
            moved_to=goal.room.slug if goal and self.state == ThreadState.MOVED else None,
            messages=self.message_count,
            last_seq=self.last_seq,
        )
