"""Needs: what residents ask for, and how they move through their life."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person
from rooms.models import Neighbourhood


class NeedState(models.TextChoices):
    """The values are those of `lifecycle.State`."""

    SUGGESTED = "suggested", _("Suggested")
    ON_AGENDA = "on_agenda", _("On the agenda")
    ASKED = "asked", _("Asked: the municipality must answer")
    ANSWERED = "answered", _("Answered")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    CLOSED = "closed", _("Closed")


class NeedOrigin(models.TextChoices):
    RESIDENTS = "residents", _("By residents")
    OFFICIAL = "official", _("By the municipality")


class Wording(models.TextChoices):
    """Whose words the title and the summary are."""

    RESIDENTS = "residents", _("In residents' own words")
    EDITED = "edited", _("Edited by the community manager")
    PROPOSED = "proposed", _("Worded by the resident who proposed it")
    MODEL = "model", _("Worded by a language model")


class Body(models.TextChoices):
    """Who decides."""

    COUNCIL = "council", _("The city council")
    EXECUTIVE = "executive", _("The municipal executive")
    STAFF = "staff", _("The municipal staff")


class Reference(models.Model):
    """The last kenmerk given in a year; moves only under this row's lock, so without gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class NeedQuerySet(models.QuerySet["Need"]):
    def public(self) -> "NeedQuerySet":
        """Whatever ever came on the agenda."""
        return self.exclude(kenmerk=None).exclude(state=NeedState.SUGGESTED)

    def of(self, neighbourhood: int) -> "NeedQuerySet":
        return self.filter(neighbourhood=neighbourhood)


class Need(models.Model):
    """`kenmerk` is given when it comes on the agenda and never changes.

    Its title is the sentence at place 0. `engine_id` names what it came from, in the engine.
    `asked_by_support_at`: when support passed the threshold, which happens once.
    `due`: what the date was computed from (`deadlines.Due`).
    """

    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="needs")
    kenmerk = models.CharField(  # noqa: DJ001 - unique where there is one
        max_length=20, unique=True, null=True
    )
    state = models.CharField(max_length=10, choices=NeedState, default=NeedState.SUGGESTED)
    theme = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=10, choices=NeedOrigin, default=NeedOrigin.RESIDENTS)
    wording = models.CharField(max_length=10, choices=Wording, default=Wording.RESIDENTS)
    engine_id = models.CharField(max_length=60, blank=True)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="needs_owned")
    body = models.CharField(max_length=10, choices=Body, default=Body.STAFF)
    made_at = models.DateTimeField()
    listed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asked_by_support_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True, db_index=True)
    due = models.JSONField(default=dict, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["neighbourhood", "state"], name="need_neighbourhood_state")
        ]

    def __str__(self) -> str:
        return self.kenmerk or f"need {self.pk}"


class Move(models.Model):
    """A step in the life of a need. Without an actor it moved by itself, at the threshold."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="moves")
    source = models.CharField(max_length=10, choices=NeedState)
    target = models.CharField(max_length=10, choices=NeedState)
    actor = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=2000, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.need_id}: {self.source} → {self.target}"
