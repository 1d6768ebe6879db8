"""Every page of the site, by the name of its address, and who sees it."""

from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from deliberation.agenda.quarter import quarter_of

VISITOR, RESIDENT, MANAGER, ADMINISTRATOR = "", "resident", "manager", "administrator"
ROOM = "lindenkwartier"
MISSING = "/dit-bestaat-niet/"
# Makes states that the demonstration has not: hidden, banned, closed, a draft.
STATES = f"""
import json
from datetime import timedelta
from deliberation.kernel.clock import now
from deliberation.people.models import Person
from deliberation.protocol.shapes import Scene
from moderation.models import Decision, Hearing, Report
from moderation.services.listing import list_save
from moderation.services import appeal_make, case_ask, message_hide, message_report, person_ban
from rooms.models import Message, Room, Thread
from rooms.services import meeting_show, message_retract, room_mode, screen_new
from rooms.services import thread_close, thread_pin
from tests import given
from deliberation.agenda.models import Follow
from deliberation.agenda.services.versions import version_adopt
from deliberation.people.models import ReturnAddress
from deliberation.people.returning import links
from tests.agenda.given import a_need, a_suggestion, said
from tests.agenda.opinions import a_divided_need
from tests.agenda.preparing import owed
from tests.doing import do
from deliberation.kernel.ids import new_ref
at, room = now(), Room.objects.get(slug={ROOM!r})
manager = Person.objects.get(source="demo:manager")
resident = Person.objects.get(source="demo:resident")
thread = Thread.objects.filter(room=room).order_by("pk").first()
mine = given.a_message(room, thread, "Dit schreef ik net, @Henk van de hoek.", by=resident, at=at)
other = given.a_message(room, thread, "Iets onaardigs.", by=given.a_resident("Rita"), at=at)
gone = given.a_message(room, thread, "Toch maar niet.", by=given.a_resident("Otto"), at=at)
as_manager = given.acting(manager, at=at)
message_hide(
    actor=as_manager, room=room, ref=new_ref(), message=other.pk, ground="insult",
    reason="Schelden.", at=at
)
message_retract(
    actor=given.acting(gone.author, at=at), room=room, ref=new_ref(), message=gone.pk, at=at
)
decided = []
for words in ("Iets lelijks.", "Nog iets lelijks."):
    blamed = given.a_message(room, thread, words, by=resident, at=at)
    message_hide(
        actor=as_manager, room=room, ref=new_ref(), message=blamed.pk, ground="insult",
        reason="Scheldt.", at=at
    )
    decided.append(Decision.objects.get(message=blamed))
asked = appeal_make(
    actor=given.acting(resident, at=at), room=room, decision=decided[0].puid,
    words="Zo bedoelde ik het niet.", at=at
)
reported = given.a_message(room, thread, "Jij bent echt dom.", by=given.a_resident("Ruud"), at=at)
critical = given.a_message(
    room, thread, "De gemeente doet niets!", by=given.a_resident("Cor"), at=at
)
for number, about in enumerate((reported, critical)):
    for ground in ("insult", "off_topic")[: number + 1]:
        by = resident if about == reported else given.a_resident("Roos")
        message_report(
            actor=given.acting(by, at=at), room=room, ref=new_ref(), message=about.pk,
            ground=ground, words="Dit kan niet.", at=at
        )
message_hide(
    actor=as_manager, room=room, ref=new_ref(), message=critical.pk, ground="off_topic",
    reason="Gaat over iets anders.", at=at
)
person_ban(
    actor=as_manager, room=room, ref=new_ref(), person=other.author_id, ground="insult",
    reason="Schelden.",
    until=at + timedelta(days=3), everywhere=False, at=at,
)
asking = given.a_message(room, thread, "Wat een onzinplan.", by=resident, at=at)
message_report(
    actor=given.acting(given.a_resident("Roos"), at=at), room=room, ref=new_ref(),
    message=asking.pk, ground="insult", words="", at=at
)
case_ask(
    actor=as_manager, room=room, ref=new_ref(), case=asking.cases.get().pk,
    words="Wat bedoelde je hiermee?", at=at
)
thread_pin(actor=as_manager, room=room, ref=new_ref(), thread=thread.pk, message=mine.pk, at=at)
meeting = given.a_meeting(room, "open", at=at)
screen, token = screen_new(
    actor=as_manager, room=room, ref=new_ref(), meeting=meeting.pk, name="Grote zaal", at=at
)
_tablet, tablet = screen_new(
    actor=as_manager, room=room, ref=new_ref(), meeting=meeting.pk, name="Bij de ingang",
    use="tablet", at=at
)
meeting_show(
    actor=as_manager, room=room, ref=new_ref(), meeting=meeting.pk,
    scene=Scene(kind="thread", thread=thread.pk), at=at
)
closed = given.a_thread(room, "Een gesprek dat klaar is", by=resident, at=at)
thread_close(
    actor=as_manager, room=room, ref=new_ref(), thread=closed.pk, reason="Opgelost.", at=at
)
quiet = given.a_room("stil", by=manager, at=at)
given.a_thread(quiet, "Even stil", by=resident, at=at)
given.a_thread(quiet, "Veilig oversteken bij de school", by=resident, at=at)
room_mode(
    actor=as_manager, room=quiet, ref=new_ref(), mode="read_only", reason="Het is nacht.",
    until=at + timedelta(days=1), at=at,
)
given.a_draft("ontwerp", by=manager)
list_save(
    actor=as_manager, text="# name: Eigen lijst\\n# ground: off_topic\\nschool*", at=at
)
need = a_need(room, at=at)
adopted = given.a_room("vastgesteld", by=manager, at=at)
a_need(adopted, at=at)
version_adopt(actor=as_manager, neighbourhood=adopted.neighbourhood, at=at)
changed = said(adopted, at=at)
a_need(adopted, changed, at=at)
version_adopt(actor=as_manager, neighbourhood=adopted.neighbourhood, at=at)
message_hide(
    actor=as_manager, room=adopted, ref=new_ref(), message=changed[1].pk, ground="personal_data",
    reason="Naam.", at=at
)
suggested = a_suggestion(room, at=at, engine_id="n1")
# The follower takes back what it does not find itself, but not what someone follows.
Follow.objects.create(need=suggested, person=resident, at=at)
divided = a_divided_need(given.a_room("verdeeld", by=manager, at=at), at=at)
given.a_neighbourhood("leeg", "Een lege buurt")
back = ReturnAddress.objects.create(person=gone.author, email="otto@example.test", kept_at=at)
ReturnAddress.objects.create(person=resident)
print(json.dumps(owed(room, manager=manager, resident=resident, at=at) | {{
    "keep": links.keep_token(links.Keep(resident.pk, 0, "resident@example.test"), at=at),
    "back": links.return_token(links.Return(back.person_id, back.turn), at=at),
    "thread": thread.pk, "closed": closed.pk, "message": mine.pk, "hidden": other.pk,
    "theirs": Message.objects.filter(room=room, state="shown").exclude(author=resident)
        .filter(author__roles=[]).first().pk,
    "divided": divided, "gone": changed[1].evidence.get().need.kenmerk,
    "suggested": suggested.pk, "need": need.pk,
    "reported": Report.objects.get(case__message=reported).pk,
    "proposed": Report.objects.filter(case__message=critical).first().case_id,
    "decided": [str(one.puid) for one in decided], "appeal": asked.pk,
    "hearing": Hearing.objects.get().pk, "meeting": meeting.pk, "token": token, "tablet": tablet,
    "banned": other.author_id, "person": given.a_manager("Sanne").pk,
}}))
"""


class Seen(NamedTuple):
    who: str
    path: str


def pages(made: dict[str, Any]) -> dict[str, list[Seen]]:
    """Paths by the name of their address, in all states, as made by `STATES`."""
    room, thread = {"slug": ROOM}, {"slug": ROOM, "thread": made["thread"]}
    theirs = {"slug": ROOM, "subject": made["theirs"]}
    now = quarter_of(timezone.localdate())

    def at(name: str, who: str, /, *more: str, **given: object) -> tuple[str, list[Seen]]:
        path = reverse(name, kwargs=given)
        return name, [Seen(who, path + query) for query in more or ("",)]

    found = [
        *(
            at(name, VISITOR)
            for name in ("home", "house_rules", "privacy", "accessibility", "offline")
        ),
        *(
            at(name, VISITOR)
            for name in ("about", "styleguide", "set_language", "display", "erased", "demo")
        ),
        *(at(name, VISITOR) for name in ("account_login", "account_reset_password")),
        *(at(name, VISITOR) for name in ("account_signup", "account_reset_password_done")),
        at("neighbourhood", VISITOR, slug=ROOM),
        at("agenda", VISITOR, "", "?state=done", "?theme=zeppelins", slug=ROOM),
        at("house_rules_version", VISITOR, version="2026-1"),
        at("house_rules_new", MANAGER),
        at("need_suggested", VISITOR, slug=ROOM, need=made["suggested"]),
        at("memory", VISITOR, "", "?q=veilig+oversteken+school", "?q=zeppelin", slug="kade"),
        at("algorithm", VISITOR),
        at("version", VISITOR, slug="kade", number=2),
        at("quarter", VISITOR, slug=ROOM, year=now.year, number=now.number),
        at("charter", VISITOR, **room),
        at("search", VISITOR, "", "?q=school", "?q=zeppelin", "?q=???&from=ooit", **room),
        at("join", VISITOR, **room),
        at("thread_new", VISITOR, **room),
        at("thread", VISITOR, "", "?on=2099-01-01", "?on=ooit", "?after=0", **thread),
        at("message", VISITOR, slug=ROOM, message=made["hidden"]),
        *(at(name, RESIDENT) for name in ("you", "you_name", "you_erase", "notices")),
        at("you_keep", RESIDENT, "", "?mail=asked"),
        at("account_logout", RESIDENT),
        at("return", VISITOR, "", "?mail=asked"),
        at("keep_confirm", VISITOR, token=made["keep"]),
        at("return_by", RESIDENT, token=made["back"]),
        *(
            at(name, RESIDENT, slug=ROOM, message=made["message"])
            for name in ("message_edit", "message_retract")
        ),
        *(at(name, MANAGER) for name in ("desk", "room_new", "mfa_index")),
        *(at(name, MANAGER, **room) for name in ("room_desk", "room_mode", "bans", "starters")),
        at("room_charter", MANAGER, slug="ontwerp"),
        *(
            at(name, MANAGER, **thread)
            for name in (
                "thread_rename",
                "thread_move",
                "thread_merge",
                "thread_close",
                "thread_balance",
            )
        ),
        at("thread_reopen", MANAGER, slug=ROOM, thread=made["closed"]),
        *(at(name, MANAGER, **theirs) for name in ("message_hide", "message_author_ban")),
        at("message_move", MANAGER, slug=ROOM, message=made["theirs"]),
        at("message_pin", MANAGER, slug=ROOM, message=made["theirs"]),
        at("message_restore", MANAGER, slug=ROOM, subject=made["hidden"]),
        at("appeal", RESIDENT, slug=ROOM, puid=made["decided"][1]),
        at("appeals", MANAGER, **room),
        at("hearing", RESIDENT, slug=ROOM, subject=made["hearing"]),
        at("meeting_codes", VISITOR),
        at("meetings", MANAGER, **room),
        at("meeting", VISITOR, slug=ROOM, subject=made["meeting"]),
        at("meeting_run", MANAGER, slug=ROOM, subject=made["meeting"]),
        at("meeting_scribe", MANAGER, slug=ROOM, subject=made["meeting"]),
        at("screen", VISITOR, token=made["token"]),
        at("tablet", VISITOR, token=made["tablet"]),
        at("tablet_thanks", VISITOR, token=made["tablet"]),
        at("watch_lists", MANAGER),
        at("watch_list", MANAGER, name="Eigen lijst"),
        *(at(name, VISITOR) for name in ("figures", "figures_decisions")),
        at("figures_room", VISITOR, slug=ROOM),
        at("report_new", RESIDENT, **theirs),
        at("report", RESIDENT, slug=ROOM, subject=made["reported"]),
        at("appeal_answer", ADMINISTRATOR, slug=ROOM, subject=made["appeal"]),
        at("unban", MANAGER, slug=ROOM, subject=made["banned"]),
        at("need_propose", VISITOR, "", "?gedaan=voorgesteld", slug=ROOM),
        at("agenda_review", MANAGER, "", "?voorstel=1", slug=ROOM),
        at("agenda_review_need", MANAGER, slug=ROOM, need=made["need"]),
        at("overdue", VISITOR, slug=ROOM),
        *(
            at(f"need_{name}", VISITOR, kenmerk=made["young"])
            for name in ("support", "follow", "wording")
        ),
        at("need_contest", VISITOR, "", f"?zin={made['sentence']}", kenmerk=made["young"]),
        at("answer_owner", MANAGER, kenmerk=made["young"]),
        at("answer_extend", ADMINISTRATOR, kenmerk=made["late"]),
        at("answer_milestone", MANAGER, kenmerk=made["promised"]),
        at("contest_answer", MANAGER, contest=made["contest"]),
        at("people", ADMINISTRATOR),
        at("person", ADMINISTRATOR, person=made["person"]),
    ]
    decisions = [reverse("decision", args=[ROOM, one]) for one in made["decided"]]
    readers = (VISITOR, RESIDENT, ADMINISTRATOR)
    found.append(("decision", [Seen(who, one) for who in readers for one in decisions]))
    versions = reverse("versions", args=["kade"])
    needs = [reverse("need", args=[made[name]]) for name in ("divided", "gone", "late", "promised")]
    found.append(("need", [Seen(who, one) for who in (VISITOR, RESIDENT) for one in needs]))
    empty = reverse("agenda", args=["leeg"])
    standard = Seen(MANAGER, reverse("watch_list", args=["Beledigingen"]))
    found.append(("watch_list", [*dict(found)["watch_list"], standard]))
    found.append(("agenda", [*dict(found)["agenda"], Seen(VISITOR, empty)]))
    desk, late = reverse("answers"), reverse("answer", args=[made["late"]])
    found.append(("answers", [Seen(who, desk) for who in (MANAGER, ADMINISTRATOR)]))
    promised = reverse("answer", args=[made["promised"]])
    found.append(("answer", [Seen(ADMINISTRATOR, late), Seen(MANAGER, promised)]))
    queue, proposed = reverse("queue"), f"?zaak={made['proposed']}"
    seen = [Seen(MANAGER, queue), Seen(ADMINISTRATOR, queue + proposed)]
    found.append(("queue", [*seen, Seen(MANAGER, queue + proposed)]))
    found.append(("versions", [Seen(who, versions) for who in (VISITOR, MANAGER)]))
    found.append(
        (
            "room",
            [
                *(Seen(who, reverse("room", args=[ROOM])) for who in (VISITOR, RESIDENT, MANAGER)),
                Seen(VISITOR, reverse("room", args=["stil"])),
                Seen(MANAGER, reverse("room", args=["ontwerp"])),
                Seen(VISITOR, reverse("thread", args=[ROOM, made["closed"]])),
                Seen(VISITOR, MISSING),
            ],
        )
    )
    return dict(found)


# Addresses that are no page of their own, or only part of a way that tests of signing in walk.
NO_PAGES = {
    "meeting_code",
    "meeting_qr",
    "meeting_phase",
    "meeting_screen_add",
    "meeting_screen_off",
    "meeting_pdf",
    "meeting_ics",
    "meeting_agreement_new",
    "meeting_hand_over",
    "meeting_agreement_away",
    "still_needed",
    "thread_invite",
    "tone",
    "decision_of",
    "figures_csv",
    "watch_list_file",
    "figures_json",
    "queue_state",
    "queue_act",
    "queue_together",
    "queue_hand_over",
    "queue_undo",
    "agenda_json",
    "memory_seen",
    "thread_needs",
    "algorithm_json",
    "need_csv",
    "need_json",
    "need_pdf",
    "open_data",
    "quarter_csv",
    "quarter_now",
    "quarter_pdf",
    "version_adopt",
    "version_content",
    "version_csv",
    "version_json",
    "version_pdf",
    "agenda_review_decide",
    "agenda_review_undo",
    "keep_drop",
    "elsewhere",
    "digest_confirm",
    "digest_stop",
    "notices_count",
    "notices_read",
    "manifest",
    "post",
    "push",
    "push_stop",
    "service_worker",
    "poster",
    "thread_poster",
    "room_import",
    "room_open",
    "room_template",
    "stance",
    "starter_drop",
    "you_html",
    "you_json",
    "theme",
    "demo_role",
    "account_change_password",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_reauthenticate",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}


def names() -> set[str]:
    """The names of all addresses."""
    found, waiting = set(), [*get_resolver().url_patterns]
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, URLResolver):
            waiting += pattern.url_patterns
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(pattern.name)
    return found
