"""What is said when a socket is closed, or a command can't even be queued."""

from deliberation.kernel.refusals import Refused, gettext_noop

from .session import Code

TEXTS: dict[Code, str] = {
    Code.SIGNED_OUT: gettext_noop(
        "You are signed out. What you see stays. Choose a name to write."
    ),
    Code.TOO_SLOW: gettext_noop("Your connection could not keep up. We are connecting again."),
    Code.RESTART: gettext_noop(
        "The server starts again. We connect by ourselves. Nothing is lost."
    ),
    Code.SILENT: gettext_noop("We did not hear from your device. We are connecting again."),
    Code.BANNED: gettext_noop("You can't write here for a while. You can still read everything."),
    Code.BAD_FRAMES: gettext_noop(
        "Your device sent too much that we don't understand. Reload the page."
    ),
    Code.ROOM_GONE: gettext_noop("There is no room at this address. Check the address."),
    Code.SCREEN_OFF: gettext_noop(
        "This screen was switched off. Ask who runs the meeting for another address."
    ),
}


def busy() -> Refused:
    """The room can't take more right now."""
    return Refused(
        "busy",
        gettext_noop("It is very busy here. Your text is kept and is sent again by itself."),
        retry_after=3,
    )


def unavailable() -> Refused:
    """The database can't be reached or can't write."""
    return Refused(
        "unavailable",
        gettext_noop(
            "We can't store anything right now. Your text is kept on your device and is sent again "
            "by itself. Nothing is lost."
        ),
        retry_after=3,
    )


def signed_out() -> Refused:
    """Only people with a name write."""
    return Refused(
        "signed_out",
        gettext_noop("Choose a name first. Then you can take part. Your text is kept."),
    )
