"""How fast one person and one address may go, said in words."""

from uuid import UUID

import pytest

from deliberation.kernel.refusals import Refused
from deliberation.live.limits import ADDRESS, PERSON, Gate
from deliberation.protocol.commands import AnyCommand, MessagePost, MessageRetract, StanceTake

REF = UUID(int=1)
POST = MessagePost(ref=REF, thread=1, body="Hoi")
BURST = PERSON[MessagePost].burst


def _refused(gate: Gate, command: AnyCommand, person: int, address: str, now: float) -> Refused:
    with pytest.raises(Refused) as caught:
        gate.admit(command, person, address, now)
    return caught.value


def test_a_person_may_post_a_burst_and_then_hears_how_long_to_wait() -> None:
    gate = Gate()
    for _ in range(BURST):
        gate.admit(POST, 1, "a", 0)
    refused = _refused(gate, POST, 1, "a", 0)
    assert (refused.code, refused.retry_after) == ("too_fast", 3.0)
    assert "Wait 3 seconds" in refused.text % refused.values
    gate.admit(POST, 1, "a", 3.0)


def test_one_person_does_not_slow_down_another() -> None:
    gate = Gate()
    for _ in range(BURST):
        gate.admit(POST, 1, "a", 0)
    gate.admit(POST, 2, "a", 0)


def test_posting_does_not_use_up_what_one_may_do_besides() -> None:
    gate = Gate()
    for _ in range(BURST):
        gate.admit(POST, 1, "a", 0)
    gate.admit(StanceTake(ref=REF, message=1, value="agree"), 1, "a", 0)
    gate.admit(MessageRetract(ref=REF, message=1), 1, "a", 0)


def test_many_names_behind_one_address_share_what_the_address_may() -> None:
    gate = Gate()
    for person in range(ADDRESS.burst):
        gate.admit(POST, person, "hall", 0)
    refused = _refused(gate, POST, 9999, "hall", 0)
    assert refused.retry_after == pytest.approx(ADDRESS.seconds)
    assert "Wait 1 seconds" in refused.text % refused.values
    gate.admit(POST, 9999, "home", 0)


def test_limits_can_be_lifted_for_measuring() -> None:
    gate = Gate(on=False)
    for _ in range(BURST * 100):
        gate.admit(POST, 1, "a", 0)
