"""What a mail server's no means."""

from smtplib import SMTPRecipientsRefused


def is_refused(error: OSError) -> bool:
    """Whether this one address is refused, while others may still be reached."""
    return isinstance(error, SMTPRecipientsRefused)


def is_refused_for_good(error: OSError) -> bool:
    """Whether it is refused for good (5xx) and not just for now (4xx)."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())
