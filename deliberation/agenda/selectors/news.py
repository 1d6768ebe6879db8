"""What notices about needs tell, in the language of now."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext

from deliberation.agenda.models import Contest, Milestone, Need, NeedNotice, Outcome, Response
from deliberation.kernel.refusals import gettext_noop
from rooms.attached import News

from .words import titles

_SAYS = {
    NeedNotice.Kind.ANSWERED: gettext_noop("The municipality answered a need of yours"),
    NeedNotice.Kind.MILESTONE: gettext_noop("There is news about a need of yours"),
    NeedNotice.Kind.CONTEST: gettext_noop("You get an answer to what you said was not right"),
}
_AT = {
    NeedNotice.Kind.ANSWERED: "answer",
    NeedNotice.Kind.MILESTONE: "milestone",
    NeedNotice.Kind.CONTEST: "contest",
}


def news_of(notices: Collection[int]) -> Mapping[int, News]:
    """By notice (id); without those about what is no longer on an agenda."""
    if not notices:
        return {}
    rows = NeedNotice.objects.filter(notice__in=notices, need__in=Need.objects.public())
    found = list(rows.select_related("need"))
    words, named = _words(found), titles({one.need_id for one in found})
    return {
        one.pk: News(
            says=gettext(_SAYS[NeedNotice.Kind(one.kind)]),
            words=words[one.kind, one.about],
            path=f"{reverse('need', args=[one.need.kenmerk])}#{anchor(one.kind, one.about)}",
            place=named.get(one.need_id) or str(one.need.kenmerk),
        )
        for one in found
        if (one.kind, one.about) in words
    }


def anchor(kind: str, about: int) -> str:
    """Where on the page of a need an answer, a milestone or a contest with this id stands."""
    return f"{_AT[NeedNotice.Kind(kind)]}-{about}"


def _words(notices: Collection[NeedNotice]) -> dict[tuple[str, int], str]:
    """What was answered, what happened: the municipality's own words."""
    ids = {kind: [one.about for one in notices if one.kind == kind] for kind in NeedNotice.Kind}
    answers = Response.objects.filter(
        pk__in=ids[NeedNotice.Kind.ANSWERED], state=Response.State.PUBLISHED
    )
    steps = Milestone.objects.filter(pk__in=ids[NeedNotice.Kind.MILESTONE])
    contests = Contest.objects.filter(pk__in=ids[NeedNotice.Kind.CONTEST])
    told: dict[NeedNotice.Kind, dict[int, str]] = {
        NeedNotice.Kind.ANSWERED: {
            one.pk: f"{Outcome(one.outcome).label}. {one.reason}" for one in answers
        },
        NeedNotice.Kind.MILESTONE: dict(steps.values_list("pk", "text")),
        NeedNotice.Kind.CONTEST: dict(contests.values_list("pk", "answer")),
    }
    return {(kind, pk): text for kind, texts in told.items() for pk, text in texts.items()}
