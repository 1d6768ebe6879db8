"""How often writers were asked to think again, and what they made of it. Numbers alone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """`ASKED` comes first; one of the others follows, unless the page was closed."""

    ASKED = "asked", _("Asked to think again before sending")
    CHANGED = "changed", _("Sent in other words then")
    SENT = "sent", _("Sent as it was")
    DROPPED = "dropped", _("Not sent then")


class NudgeCount(models.Model):
    """Of one day, in the whole place: no room is small enough to tell who it was."""

    day = models.DateField(_("day"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    count = models.PositiveIntegerField(_("how often"), default=0)

    class Meta:
        verbose_name = _("count of questions")
        verbose_name_plural = _("counts of questions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "outcome"], name="one_count_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.outcome} {self.count}"
