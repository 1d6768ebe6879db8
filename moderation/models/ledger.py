"""The record of every decision, which can't be rewritten unseen."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A link of the chain (`deliberation.kernel.chain`): canonical JSON, and its hash."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"))
    content = models.TextField(_("content"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("entries of the ledger")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:8]}"


class Head(models.Model):
    """The last entry as it was on a day, published so that rewriting what came before shows."""

    day = models.DateField(_("day"), unique=True)
    number = models.PositiveBigIntegerField(_("number"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("head of the ledger")
        verbose_name_plural = _("heads of the ledger")
        ordering: ClassVar = ["-day"]

    def __str__(self) -> str:
        return f"{self.day} {self.hash[:8]}"
