"""A question to all who take part in a meeting, in the hall and online."""

from datetime import datetime
from typing import ClassVar, cast

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import TITLE_LIMIT
from deliberation.people.models import Person
from deliberation.protocol import shapes
from deliberation.protocol.shapes import PollView
from rooms.polls import Kind, counted, places

from .meeting import Meeting


class PollKind(models.TextChoices):
    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("More than one answer")
    RANKING = "ranking", _("Put in order")
    SCALE = "scale", _("How much do you agree?")


class PollState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("Going on now")
    CLOSED = "closed", _("Over")


STEPS = (
    _("Agree completely"),
    _("Agree"),
    _("Between the two"),
    _("Don't agree"),
    _("Don't agree at all"),
)


def answers(poll: "Poll | PollView") -> list[str]:
    """What one can choose, in words."""
    return [str(step) for step in STEPS] if poll.kind == Kind.SCALE else poll.options


class Poll(models.Model):
    """`live`: the result is told while people vote. `hands`: those that were raised in the hall,
    for each option; `counts` and `voters`: by phone, as it was when it closed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="polls")
    question = models.CharField(_("question"), max_length=TITLE_LIMIT)
    kind = models.CharField(_("kind"), max_length=10, choices=PollKind)
    options = models.JSONField(_("options"), default=list)
    live = models.BooleanField(_("result while people vote"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=PollState, default="prepared")
    opened_at = models.DateTimeField(_("opened"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    hands = models.JSONField(_("hands in the hall"), default=list)
    counts = models.JSONField(_("counts"), default=list)
    voters = models.PositiveIntegerField(_("people who voted"), default=0)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state="open"),
                name="poll_one_open",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def size(self) -> int:
        """How many numbers its result has."""
        return places(Kind(self.kind), self.options)

    def count(self) -> tuple[list[int], int]:
        """What was answered by phone, and by how many people; in one query while it is open."""
        if self.state != PollState.OPEN:
            return self.counts, self.voters
        choices = list(self.votes.values_list("choice", flat=True))
        return counted(Kind(self.kind), self.size, choices), len(choices)

    def close(self, *, at: datetime) -> None:
        """From now on its result stays what it is."""
        self.counts, self.voters = self.count()
        self.state, self.closed_at = PollState.CLOSED, at
        self.save()

    def view(self) -> PollView:
        """Without the result, while that is kept until the end."""
        counts, voters = self.count()
        told = self.state == PollState.CLOSED or (self.state == PollState.OPEN and self.live)
        return PollView(
            id=self.pk,
            question=self.question,
            kind=cast("shapes.PollKind", PollKind(self.kind).value),
            options=self.options,
            state=cast("shapes.PollState", PollState(self.state).value),
            live=self.live,
            voters=voters,
            counts=counts if told else [],
            hands=self.hands if told else [],
        )


class Vote(models.Model):
    """One answer a person, changeable while the poll is open: `choice` as rooms.polls keeps it."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="votes")
    choice = models.JSONField(_("choice"))
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "person"], name="vote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.choice}"
