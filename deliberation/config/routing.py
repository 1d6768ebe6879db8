"""Which service carries out which command."""

from deliberation.live.execute import Services
from deliberation.protocol import commands as c
from moderation import services as moderation
from rooms import services as rooms

COMMANDS: Services = {
    c.MessagePost: rooms.message_post,
    c.MessageEdit: rooms.message_edit,
    c.MessageRetract: rooms.message_retract,
    c.MessageHide: moderation.message_hide,
    c.MessageRestore: moderation.message_restore,
    c.StanceTake: rooms.stance_take,
    c.ThreadOpen: rooms.thread_open,
    c.ThreadRename: rooms.thread_rename,
    c.ThreadMove: rooms.thread_move,
    c.ThreadMerge: rooms.thread_merge,
    c.ThreadClose: rooms.thread_close,
    c.ThreadReopen: rooms.thread_reopen,
    c.RoomMode: rooms.room_mode,
    c.MeetingShow: rooms.meeting_show,
    c.MeetingBlank: rooms.meeting_blank,
    c.MeetingSort: rooms.meeting_sort,
    c.MeetingScreening: rooms.meeting_screening,
    c.FloorSet: rooms.floor_set,
    c.FloorAsk: rooms.floor_ask,
    c.FloorAdd: rooms.floor_add,
    c.FloorNext: rooms.floor_next,
    c.FloorEnd: rooms.floor_end,
    c.FloorLeave: rooms.floor_leave,
    c.FloorDrop: rooms.floor_drop,
    c.PollNew: rooms.poll_new,
    c.PollOpen: rooms.poll_open,
    c.PollClose: rooms.poll_close,
    c.PollHands: rooms.poll_hands,
    c.PollDrop: rooms.poll_drop,
    c.PollVote: rooms.poll_vote,
    c.HallNote: rooms.hall_note,
    c.HallCorrect: rooms.hall_correct,
    c.HallWithdraw: rooms.hall_withdraw,
    c.PersonBan: moderation.person_ban,
    c.PersonUnban: moderation.person_unban,
}
