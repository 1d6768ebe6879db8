"""Addresses of the agenda. An address that was given out stays."""

from django.urls import include, path

from .views import (
    answer_acts,
    answering,
    overdue,
    proposing,
    public_agenda,
    public_memory,
    public_need,
    reviewing,
    taking_part,
)

urlpatterns = [
    path("", include("deliberation.agenda.document_urls")),
    path("n/<slug:slug>/agenda/", public_agenda.agenda, name="agenda"),
    path("n/<slug:slug>/agenda.json", public_agenda.agenda_json, name="agenda_json"),
    path(
        "n/<slug:slug>/agenda/voorstel/<int:need>/",
        public_need.need_suggested,
        name="need_suggested",
    ),
    path("n/<slug:slug>/agenda/eerder", public_memory.memory, name="memory"),
    path("n/<slug:slug>/agenda/eerder/gezien", public_memory.seen, name="memory_seen"),
    path(
        "n/<slug:slug>/agenda/gesprek/<int:thread>.json",
        public_memory.thread_needs,
        name="thread_needs",
    ),
    path("n/<slug:slug>/agenda/nieuw", proposing.propose, name="need_propose"),
    path("b/<str:kenmerk>/", public_need.need, name="need"),
    path("b/<str:kenmerk>/steun", taking_part.support, name="need_support"),
    path("b/<str:kenmerk>/volg", taking_part.follow, name="need_follow"),
    path("b/<str:kenmerk>/andere-woorden", taking_part.wording, name="need_wording"),
    path("b/<str:kenmerk>/klopt-niet", taking_part.contest, name="need_contest"),
    path("n/<slug:slug>/agenda/te-laat/", overdue.overdue, name="overdue"),
    path("beheer/agenda/<slug:slug>/", reviewing.review, name="agenda_review"),
    path(
        "beheer/agenda/<slug:slug>/behoefte/<int:need>/",
        reviewing.review_need,
        name="agenda_review_need",
    ),
    path(
        "beheer/agenda/<slug:slug>/voorstel/<int:suggestion>",
        reviewing.review_decide,
        name="agenda_review_decide",
    ),
    path(
        "beheer/agenda/<slug:slug>/ongedaan/<int:edit>",
        reviewing.review_undo,
        name="agenda_review_undo",
    ),
    path("beheer/antwoorden/", answering.answers, name="answers"),
    path("beheer/antwoorden/<str:kenmerk>/", answering.answer, name="answer"),
    path("beheer/antwoorden/<str:kenmerk>/wie", answer_acts.owner, name="answer_owner"),
    path("beheer/antwoorden/<str:kenmerk>/datum", answer_acts.extend, name="answer_extend"),
    path("beheer/antwoorden/<str:kenmerk>/stap", answer_acts.milestone, name="answer_milestone"),
    path("beheer/antwoorden/klopt-niet/<int:contest>", answer_acts.contest, name="contest_answer"),
]
