"""What a community manager fills in about a need. Services judge what is in it."""

from collections.abc import Sequence

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from deliberation.agenda.models import TITLE, Need
from deliberation.agenda.selectors.words import sentences_of, shown
from deliberation.agenda.services.sentences import Wanted
from deliberation.agenda.services.wording import MOST_SENTENCES, wanted_now, worded
from deliberation.agenda.themes import theme_name
from deliberation.engine.words import data
from rooms.models import Message, MessageState

OFFERED = 60  # messages to choose from
NOW = ""  # a sentence keeps what it rests on
REASONS = (
    _("This is not something that people ask for."),
    _("This is on the agenda already."),
    _("These messages are about different things."),
)


def theme_choices(now: str = "") -> list[tuple[str, str]]:
    """Every theme that the engine knows, and the one there is now."""
    themes = {*data("themes"), now} - {"", "other"}
    named = sorted((theme_name(theme), theme) for theme in themes)
    return [("", theme_name("")), *((theme, name) for name, theme in named)]


class WordsForm(forms.Form):
    """The title, the summary and the theme of a need; each sentence with what it rests on."""

    theme = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, need: Need, data: object = None) -> None:
        self.now = wanted_now(need)
        self.said = [shown(one) for one in sentences_of([need.pk])]
        self.messages = _rests_on(need)
        texts = {f"text{place}": text for place, text in enumerate(self.said)}
        super().__init__(data, initial=texts | {"theme": need.theme})  # type: ignore[arg-type]
        self.fields["theme"].choices = theme_choices(need.theme)  # type: ignore[attr-defined]
        sources = [(NOW, _("What it rests on now")), *map(_choice, self.messages[:OFFERED])]
        for place in range(MOST_SENTENCES):
            self._sentence(place, sources)
        self.order_fields([*(name for name in self.fields if name != "theme"), "theme"])

    def _sentence(self, place: int, sources: Sequence[tuple[object, object]]) -> None:
        label = _("Title") if place == TITLE else _("Sentence %(number)s") % {"number": place}
        area = forms.Textarea({"rows": 2, "dir": "auto"})
        self.fields[f"text{place}"] = forms.CharField(label=label, required=False, widget=area)
        self.fields[f"from{place}"] = forms.ChoiceField(
            label=_("Which message says this?"), choices=sources, required=False
        )

    def wanted(self) -> list[Wanted] | None:
        """The sentences to store, title first. None, with words beside the field, where one has
        no source. A sentence that stays is not touched."""
        found = [self._wanted(place) for place in range(MOST_SENTENCES)]
        if not self.cleaned_data.get("text0"):
            self.add_error("text0", _("This can't be empty. Fill it in first."))
        return None if self.errors else [one for one in found if one is not None]

    def _wanted(self, place: int) -> Wanted | None:
        text = " ".join(str(self.cleaned_data.get(f"text{place}") or "").split())
        chosen = str(self.cleaned_data.get(f"from{place}") or NOW)
        if not text:
            return None
        now = self.now[place] if place < len(self.now) else None
        if now is not None and chosen == NOW and text == " ".join(self.said[place].split()):
            return now
        if chosen != NOW:
            return worded(text, [one for one in self.messages if str(one.pk) == chosen])
        quote = worded(text, self.messages)
        if not quote.text:
            return quote
        if now is not None:
            return Wanted(now.spans, text)
        self.add_error(f"from{place}", _("Choose the message that says this."))
        return None


class ReasonForm(forms.Form):
    """One of the reasons that are given often, or one's own."""

    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=[*((str(number), one) for number, one in enumerate(REASONS)), ("", _("Else:"))],
        required=False,
        initial="0",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Your own reason"), required=False)

    def chosen(self) -> str:
        """In the language of the page: it is read by people of this place."""
        words, reason = self.cleaned_data.get("words"), self.cleaned_data.get("reason") or ""
        return str(words or (REASONS[int(reason)] if reason else ""))


def _rests_on(need: Need) -> list[Message]:
    shown_now = Message.objects.filter(evidence__need=need, state=MessageState.SHOWN)
    return list(shown_now.select_related("author").order_by("at", "pk"))


def _choice(message: Message) -> tuple[object, object]:
    author = message.author.name if message.author else ""
    return str(message.pk), Truncator(f"{author}: {message.body}").chars(80)
