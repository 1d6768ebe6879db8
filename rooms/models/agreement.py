"""What was agreed at a meeting: it stands in its minutes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberation.kernel.text import NAME_LIMIT
from deliberation.protocol.shapes import AgreementView

from .meeting import Meeting

WORDS_LIMIT = 300  # characters


class Agreement(models.Model):
    """`who` does it, in words; `due_on`: by when. Both may be open."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agreements")
    words = models.CharField(_("what was agreed"), max_length=WORDS_LIMIT)
    who = models.CharField(_("who does it"), max_length=NAME_LIMIT, blank=True)
    due_on = models.DateField(_("by when"), null=True)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.words

    def view(self) -> AgreementView:
        return AgreementView(id=self.pk, words=self.words, who=self.who, due_on=self.due_on)
