"""What concerns someone, and how they want to hear of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.people.models import Person

from .message import Message, MessageState
from .room import Room


class NoticeKind(models.TextChoices):
    ANSWER = "answer", _("Answer to you")
    MENTION = "mention", _("You are mentioned")
    MOVED = "moved", _("Your message was moved")
    INVITED = "invited", _("You are asked")
    NEWS = "news", _("News")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def shown(self) -> "NoticeQuerySet":
        """Those whose message, if they have one, can still be read."""
        return self.filter(Q(message=None) | Q(message__state=MessageState.SHOWN))


class Notice(models.Model):
    """A message that answers or mentions a person, or one of theirs that was moved. Shown only
    while the message is.

    Without a message it is news that a package above this one keeps (`rooms.attached`).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    message = models.ForeignKey(Message, models.CASCADE, related_name="+", null=True)
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    at = models.DateTimeField(_("time"))
    read_at = models.DateTimeField(_("read"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "message"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(kind="news", message=None)
                | (~Q(kind="news") & Q(message__isnull=False)),
                name="notice_of_message_or_news",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="notice_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id or self.pk}"


class NoticeCursor(models.Model):
    """Up to where a room was read for notices."""

    room = models.OneToOneField(Room, models.CASCADE, primary_key=True, related_name="+")
    seq = models.BigIntegerField(_("last number"), default=0)

    def __str__(self) -> str:
        return f"{self.room_id}: {self.seq}"


class Digest(models.Model):
    """Mail with what is new: only to an address that its owner confirmed."""

    class Every(models.TextChoices):
        NEVER = "never", _("Never")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")

    class About(models.TextChoices):
        MINE = "mine", _("Only what is for me")
        ALL = "all", _("Also new conversations where I talk along")

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="digest")
    email = models.EmailField(_("e-mail address"))
    every = models.CharField(_("how often"), max_length=10, choices=Every, default=Every.NEVER)
    about = models.CharField(_("what is in it"), max_length=10, choices=About, default=About.ALL)
    language = models.CharField(_("language"), max_length=10, default="nl")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    # Up to where it was told. Numbers, not times: what is written late is told all the same.
    last_notice = models.BigIntegerField(_("last notification"), default=0)
    last_thread = models.BigIntegerField(_("last conversation"), default=0)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")

    def __str__(self) -> str:
        return f"{self.person_id} {self.every}"
