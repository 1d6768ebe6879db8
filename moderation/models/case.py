"""What waits for a community manager: everything that was told about one message."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import REASON_LIMIT
from deliberation.people.models import Person
from moderation.lifecycle import State
from rooms.models import Ground, Message, Notice

from .decision import FACTS_LIMIT, Decision


class CaseQuerySet(models.QuerySet["Case"]):
    def undecided(self) -> "CaseQuerySet":
        """Those that wait for a decision, the most urgent first."""
        return self.exclude(state=State.CLOSED).order_by("-risk", "due_at", "pk")


class Case(models.Model):
    """Reports of one message come together here, until someone decides about it.

    `claimed_by` looks at it until `claimed_until`, so that others take another one. `due_at`: by
    when someone should have looked. `changed_at` moves with whatever the queue shows of it.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="cases")
    state = models.CharField(_("state"), max_length=10, default=State.OPEN.value)
    risk = models.PositiveSmallIntegerField(_("urgency"), default=0)
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("look at it before"))
    changed_at = models.DateTimeField(_("changed"))
    claimed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    claimed_until = models.DateTimeField(_("claimed until"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["message"], condition=~Q(state="closed"), name="case_open_once"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="case_closed_or_not",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-risk", "due_at"], condition=~Q(state="closed"), name="case_undecided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    def unclaim(self) -> None:
        """Nobody looks at it any more; not saved yet."""
        self.claimed_by_id, self.claimed_until = None, None

    def last_decision(self) -> Decision | None:
        """The newest one, with its room."""
        return self.decisions.select_related("room").order_by("-pk").first()

    def is_claimed_by_another(self, person: int | None, at: datetime) -> bool:
        """Whether someone else than this person (id) looks at it now."""
        if self.claimed_until is None or self.claimed_until <= at:
            return False
        return self.claimed_by_id not in (None, person)


class Report(models.Model):
    """What someone said of a message. `notice` told them what was decided."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="reports")
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    words = models.CharField(_("explanation"), max_length=REASON_LIMIT, blank=True)
    established = models.BooleanField(_("known for longer"), default=False)
    at = models.DateTimeField(_("time"))
    notice = models.OneToOneField(
        Notice, models.SET_NULL, null=True, related_name="report", editable=False
    )

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person"], name="report_once_per_case"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="report_of_person")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.ground}"


class Proposal(models.Model):
    """Someone wants to hide criticism of the municipality; another person has to agree. The last
    one of a case counts.

    `at_once`: it is hidden already, because waiting could do harm.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    ground = models.CharField(_("ground"), max_length=20, choices=Ground)
    facts = models.TextField(_("what was seen"), max_length=FACTS_LIMIT, blank=True)
    at = models.DateTimeField(_("time"))
    at_once = models.BooleanField(_("hidden already"), default=False)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def __str__(self) -> str:
        return f"{self.case_id} {self.ground}"


class Note(models.Model):
    """What managers tell each other: about a case, or for who comes after them (no case)."""

    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="notes")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(_("note"), max_length=REASON_LIMIT)
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"


class Shift(models.Model):
    """When a manager last had the queue open, for who else looks at it."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="shift")
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")

    def __str__(self) -> str:
        return f"{self.person_id} {self.seen_at:%H:%M}"
