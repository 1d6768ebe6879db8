"""What the municipality owes and does."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person
from rooms.models import Notice

from .need import Need


class Outcome(models.TextChoices):
    TAKEN_OVER = "taken_over", _("Taken over")
    PARTLY = "partly", _("Partly taken over")
    NOT = "not", _("Not taken over")
    ELSEWHERE = "elsewhere", _("To be decided elsewhere")


class Response(models.Model):
    """An answer to a need: a draft, then read by a second person, then published for good."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        READ = "read", _("Read by a second person")
        PUBLISHED = "published", _("Published")

    need = models.ForeignKey(Need, models.PROTECT, related_name="responses")
    kenmerk = models.CharField(  # noqa: DJ001 - unique where there is one
        max_length=20, unique=True, null=True
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    reader = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    publisher = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need"],
                condition=~models.Q(state="published"),
                name="response_one_unpublished",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | (~models.Q(outcome="") & ~models.Q(reason="")),
                name="response_published_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.kenmerk or f"response {self.pk}"


class Milestone(models.Model):
    """Something that was done, or is planned for a day, after the answer."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="milestones")
    text = models.CharField(max_length=500)
    on = models.DateField()
    link = models.URLField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.need_id} {self.on}"


class Extension(models.Model):
    """A later day for the answer, with a reason that everyone can read."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="extensions")
    old_due = models.DateField()
    new_due = models.DateField()
    reason = models.CharField(max_length=2000)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.new_due}"


class Reminder(models.Model):
    """An official is reminded of a due date; of each day of it once.

    `at`: when a worker took it upon itself. `sent_at` is empty until the mail was handed over.
    """

    class Day(models.IntegerChoices):
        """Days from the due date."""

        WEEK_BEFORE = -7, _("A week before")
        DUE = 0, _("On the day")
        WEEK_AFTER = 7, _("A week late")

    need = models.ForeignKey(Need, models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    day = models.SmallIntegerField(choices=Day)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need", "due_on", "day", "person"], name="reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.due_on} {self.day:+d}"


class NeedNotice(models.Model):
    """What a notice of someone who contributed, supports or follows is about.

    `about`: the id of the answer, the milestone or the contest. `notice` has its time, and when
    it was read.
    """

    class Kind(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        MILESTONE = "milestone", _("News about it")
        CONTEST = "contest", _("Answer to what you said was not right")

    notice = models.OneToOneField(Notice, models.CASCADE, primary_key=True, related_name="need")
    person = models.ForeignKey(Person, models.CASCADE, related_name="need_notices")
    need = models.ForeignKey(Need, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind)
    about = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "about"], name="need_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.need_id}"
