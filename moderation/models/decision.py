"""What was decided, about what, on which ground and why."""

import secrets
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person
from rooms.models import Message, Notice, Room

FACTS_LIMIT = 5000  # characters, as in the transparency database


class Act(models.TextChoices):
    LEAVE = "leave", _("Looked at; nothing wrong")
    REOPEN = "reopen", _("Looked at again")
    WARN = "warn", _("Warning")
    WITHDRAW = "withdraw", _("Warning withdrawn")
    HOLD = "hold", _("Message held back for a while")
    REDACT = "redact", _("Private details left out")
    HIDE = "hide", _("Message hidden")
    RESTORE = "restore", _("Message shown again")
    BAN = "ban", _("May not write for a while")
    UNBAN = "unban", _("May write again")


class Source(models.TextChoices):
    """What led to looking at it."""

    OWN = "own", _("Seen by a community manager")
    REPORT = "report", _("Reported by someone")
    WATCH = "watch", _("Pointed out by a watch")


def new_salt() -> str:
    return secrets.token_hex(16)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def about(self, person: int) -> "DecisionQuerySet":
        """Those that concern this person (id), the newest first."""
        return self.filter(person=person).order_by("-pk")


class Decision(models.Model):
    """Never changed; what undoes it is another decision. `person` is whom it concerns.

    `facts` are what was seen, in the decider's own words, for that person. The ledger holds a
    hash of them with `salt`; when someone is erased both go, and the ledger stays right.
    """

    puid = models.UUIDField(_("number"), unique=True, default=uuid4)
    act = models.CharField(_("decision"), max_length=20, choices=Act)
    room = models.ForeignKey(Room, models.PROTECT, related_name="decisions")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="decisions")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="decisions")
    case = models.ForeignKey("Case", models.PROTECT, null=True, related_name="decisions")
    ground = models.CharField(_("ground"), max_length=20, blank=True)
    facts = models.TextField(_("what was seen"), max_length=FACTS_LIMIT, blank=True)
    salt = models.CharField(max_length=32, default=new_salt, blank=True, editable=False)
    rules = models.CharField(_("version of the house rules"), max_length=40)
    at = models.DateTimeField(_("time"))
    until = models.DateTimeField(_("until"), null=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    source = models.CharField(_("led to by"), max_length=10, choices=Source, default=Source.OWN)
    automatic = models.BooleanField(_("decided by the software"), default=False)
    four_eyes = models.BooleanField(_("two people agreed"), default=False)
    notice = models.OneToOneField(
        Notice, models.SET_NULL, null=True, related_name="decision", editable=False
    )
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undone_by")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes: ClassVar = [models.Index(fields=["person", "-id"], name="decision_of_person")]

    def __str__(self) -> str:
        return f"{self.act} {self.puid}"
