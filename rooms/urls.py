"""Addresses of pages and plain forms. An address that was given out stays."""

from django.urls import path

from .views import desk, display, joining, language, managing, pages, room, search, writing, you

urlpatterns = [
    path("", pages.home, name="home"),
    path("n/<slug:slug>/", pages.neighbourhood, name="neighbourhood"),
    path("huisregels/", pages.house_rules, name="house_rules"),
    path("privacy/", pages.privacy, name="privacy"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("over/", pages.about, name="about"),
    path("jij/", you.you_page, name="you"),
    path("jij/naam", you.name_page, name="you_name"),
    path("jij/wissen", you.erase_page, name="you_erase"),
    path("jij/gewist", you.erased_page, name="erased"),
    path("jij/gegevens.json", you.export_json, name="you_json"),
    path("jij/gegevens.html", you.export_html, name="you_html"),
    path("taal/", language.switch, name="set_language"),
    path("weergave/", display.display, name="display"),
    path("r/<slug:slug>/", room.room_page, name="room"),
    path("r/<slug:slug>/charter/", pages.charter, name="charter"),
    path("r/<slug:slug>/zoeken/", search.search, name="search"),
    path("r/<slug:slug>/join", joining.join_page, name="join"),
    path("r/<slug:slug>/mode", managing.mode, name="room_mode"),
    path("r/<slug:slug>/threads/new", writing.thread_new, name="thread_new"),
    path("r/<slug:slug>/t/<int:thread>/", room.thread_page, name="thread"),
    path("r/<slug:slug>/t/<int:thread>/post", writing.post, name="post"),
    path("r/<slug:slug>/t/<int:thread>/rename", managing.rename, name="thread_rename"),
    path("r/<slug:slug>/t/<int:thread>/move", managing.move, name="thread_move"),
    path("r/<slug:slug>/t/<int:thread>/merge", managing.merge, name="thread_merge"),
    path("r/<slug:slug>/t/<int:thread>/close", managing.close, name="thread_close"),
    path("r/<slug:slug>/t/<int:thread>/reopen", managing.reopen, name="thread_reopen"),
    path("r/<slug:slug>/m/<int:message>/", room.message_page, name="message"),
    path("r/<slug:slug>/m/<int:message>/stance", writing.stance, name="stance"),
    path("r/<slug:slug>/m/<int:message>/edit", writing.edit, name="message_edit"),
    path("r/<slug:slug>/m/<int:message>/retract", writing.retract, name="message_retract"),
    path("beheer/", desk.desk, name="desk"),
    path("beheer/rooms/new", desk.room_new_page, name="room_new"),
    path("beheer/r/<slug:slug>/", desk.room_desk, name="room_desk"),
    path("beheer/r/<slug:slug>/charter", desk.room_charter_page, name="room_charter"),
    path("beheer/r/<slug:slug>/open", desk.room_open_page, name="room_open"),
]
