"""Someone does not agree with a decision; another person looks again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import MESSAGE_LIMIT
from deliberation.people.models import Person
from rooms.models import Notice

from .decision import Decision

WORDS_LIMIT = MESSAGE_LIMIT  # characters


class AppealQuerySet(models.QuerySet["Appeal"]):
    def waiting(self) -> "AppealQuerySet":
        """Those nobody decided yet, the oldest first."""
        return self.filter(decided_at=None).order_by("pk")


class Appeal(models.Model):
    """`granted` is empty until it is decided, by `decided_by`, who says why in `answer`."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="appeals")
    words = models.TextField(_("why you don't agree"), max_length=WORDS_LIMIT, blank=True)
    at = models.DateTimeField(_("time"))
    granted = models.BooleanField(_("granted"), null=True)
    answer = models.TextField(_("answer"), max_length=WORDS_LIMIT, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True)
    notice = models.OneToOneField(
        Notice, models.SET_NULL, null=True, related_name="appeal", editable=False
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "person"], name="appeal_once"),
            models.CheckConstraint(
                condition=Q(granted=None, decided_at=None)
                | Q(granted__isnull=False, decided_at__isnull=False),
                name="appeal_decided_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.granted}"
