"""Before someone decides, the writer is asked for their own side of it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import MESSAGE_LIMIT, REASON_LIMIT
from deliberation.people.models import Person
from rooms.models import Notice

from .case import Case

DECIDE_WITHIN = timedelta(hours=4)  # of an answer


class Hearing(models.Model):
    """`words` is the question of the manager `by`; the writer has until `due_at` to answer."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="hearings")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="hearings")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(_("question"), max_length=REASON_LIMIT, blank=True)
    at = models.DateTimeField(_("time"))
    due_at = models.DateTimeField(_("answer before"))
    answer = models.TextField(_("answer"), max_length=MESSAGE_LIMIT, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    notice = models.OneToOneField(
        Notice, models.SET_NULL, null=True, related_name="hearing", editable=False
    )

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="hearing_one_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"

    def decide_after(self) -> datetime:
        """Until then the case can wait for it."""
        return self.due_at if self.answered_at is None else self.answered_at + DECIDE_WITHIN
