"""One stream's readers: nothing missed, nothing twice, one write per socket and flush.

Only the sockets and the log behind the hub are stand-ins.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
import pytest
from prometheus_client import REGISTRY

from deliberation.live.frames import Burst
from deliberation.live.hub import RECENT, Channel
from deliberation.live.sockets import UNSENT_LIMIT, Socket
from deliberation.protocol.events import AnyEvent, MessageGone, MessageHidden, MessagePosted
from deliberation.protocol.shapes import MessageView
from tests.fakes import EVENING
from tests.given import a_ref


@dataclass(eq=False)
class FakeSocket:
    """Remembers its writes; `stuck` bytes are not taken by the network."""

    stuck: int = 0
    writes: list[list[int]] = field(default_factory=list)

    def write(self, burst: Burst) -> int:
        self.writes.append([msgspec.json.decode(payload)["seq"] for payload in burst.payloads])
        return self.stuck

    def unsent(self) -> int:
        return self.stuck

    def heard(self) -> float | None:
        return None

    def close(self, code: int) -> None:
        raise AssertionError("the hub closes nothing itself")

    async def finish(self) -> None:
        raise AssertionError("nor does it wait")

    @property
    def seqs(self) -> list[int]:
        return [seq for write in self.writes for seq in write]


class Log:
    """The events that stand in the database; `hold` makes a reader wait."""

    def __init__(self) -> None:
        self.events: list[AnyEvent] = []
        self.reads: list[int] = []
        self.page = 500
        self.broken = False
        self.go = asyncio.Event()
        self.go.set()

    async def after(self, seq: int) -> list[AnyEvent]:
        self.reads.append(seq)
        found = [event for event in self.events if event.seq > seq][: self.page]
        await self.go.wait()
        if self.broken:
            raise ConnectionError
        return found


def _message(seq: int, **fields: object) -> MessageView:
    plain = {"id": seq, "ref": a_ref(seq), "thread": 1, "seq": seq, "at": EVENING}
    return msgspec.convert(plain | fields, MessageView)


def _posted(*seqs: int) -> list[AnyEvent]:
    return [
        MessagePosted(seq=seq, at=EVENING, message=_message(seq, body="geheim"), thread_messages=1)
        for seq in seqs
    ]


class Hub:
    """A channel at number 10 with two readers."""

    def __init__(self) -> None:
        self.log, self.slow = Log(), list[Socket]()
        self.one, self.two = FakeSocket(), FakeSocket()
        self.channel = Channel(10, self.log.after, too_slow=self._too_slow)
        self.channel.join(self.one)
        self.channel.join(self.two)

    def publish(self, *seqs: int, head: int | None = None) -> list[int]:
        events = _posted(*seqs)
        return [event.seq for event in self.channel.publish(head or seqs[-1], events)]

    def _too_slow(self, socket: Socket) -> None:
        self.slow.append(socket)
        self.channel.sockets.discard(socket)


@pytest.fixture
async def hub() -> Hub:
    return Hub()


async def _settled(hub: Hub) -> None:
    """Everything that was published is flushed."""
    await hub.channel.caught_up()
    await asyncio.sleep(0)


async def test_what_follows_on_goes_to_everyone_in_one_write(hub: Hub) -> None:
    assert hub.publish(11) == [11]
    assert hub.publish(12, 13) == [12, 13]
    assert hub.one.writes == []
    await _settled(hub)
    assert hub.one.writes == hub.two.writes == [[11, 12, 13]]
    assert hub.log.reads == []


async def test_everyone_gets_the_very_same_bytes(hub: Hub) -> None:
    bursts: list[Burst] = []

    def write(burst: Burst) -> int:
        bursts.append(burst)
        return 0

    hub.one.write = hub.two.write = write  # type: ignore[method-assign]
    hub.publish(11, 12)
    await _settled(hub)
    assert len(bursts) == 2
    assert bursts[0] is bursts[1]


async def test_what_is_told_twice_is_passed_on_once(hub: Hub) -> None:
    hub.publish(11, 12)
    assert hub.publish(11, 12) == []
    assert hub.publish(12) == []
    await _settled(hub)
    assert hub.one.seqs == [11, 12]


async def test_of_what_overlaps_only_the_new_part_is_passed_on(hub: Hub) -> None:
    hub.publish(11, 12)
    assert hub.publish(11, 12, 13) == [13]
    await _settled(hub)
    assert hub.one.seqs == [11, 12, 13]


async def test_a_hole_is_filled_from_the_log(hub: Hub) -> None:
    hub.log.events = _posted(11, 12, 13)
    assert hub.publish(13) == []
    await _settled(hub)
    assert hub.one.seqs == [11, 12, 13]
    assert hub.log.reads == [10]


async def test_a_doorbell_without_events_reads_the_log_page_after_page(hub: Hub) -> None:
    hub.log.events, hub.log.page = _posted(*range(11, 32)), 10
    hub.channel.publish(31)
    await _settled(hub)
    assert hub.one.seqs == list(range(11, 32))
    assert hub.log.reads == [10, 20, 30]


async def test_what_is_rung_during_a_catch_up_is_not_forgotten(hub: Hub) -> None:
    hub.log.events = _posted(11)
    hub.log.go.clear()
    hub.channel.publish(11)
    await asyncio.sleep(0)
    hub.log.events = _posted(11, 12, 13)
    hub.publish(13)
    hub.log.go.set()
    await _settled(hub)
    assert hub.one.seqs == [11, 12, 13]


async def test_what_arrives_during_a_catch_up_is_not_passed_on_twice(hub: Hub) -> None:
    hub.log.events = _posted(11, 12)
    hub.log.go.clear()
    hub.channel.publish(12)
    await asyncio.sleep(0)
    assert hub.publish(11, 12) == [11, 12]
    hub.log.go.set()
    await _settled(hub)
    assert hub.one.seqs == [11, 12]


async def test_a_log_that_can_not_be_read_is_tried_again_at_the_next_ring(hub: Hub) -> None:
    hub.log.events, hub.log.broken = _posted(11), True
    hub.channel.publish(11)
    await _settled(hub)
    assert hub.one.seqs == []
    hub.log.broken = False
    hub.channel.publish(11)
    await _settled(hub)
    assert hub.one.seqs == [11]


async def test_a_number_that_is_not_in_the_log_yet_does_not_make_it_spin(hub: Hub) -> None:
    hub.channel.publish(12)
    await _settled(hub)
    assert hub.log.reads == [10]
    assert hub.channel.head == 10


async def test_a_newcomer_gets_nothing_twice(hub: Hub) -> None:
    """Between taking an event and flushing it, a newcomer already has it from the recent ones."""
    hub.publish(11)
    newcomer = FakeSocket()
    assert hub.channel.recent_after(10) is not None
    hub.channel.join(newcomer)
    hub.publish(12)
    await _settled(hub)
    assert newcomer.seqs == [12]
    assert hub.one.seqs == [11, 12]


async def test_who_comes_back_soon_is_served_from_memory(hub: Hub) -> None:
    hub.publish(11, 12, 13)
    assert _seqs(hub.channel.recent_after(11)) == [12, 13]
    assert _seqs(hub.channel.recent_after(10)) == [11, 12, 13]
    assert hub.channel.recent_after(13) == []
    assert hub.channel.recent_after(9) is None


async def test_memory_holds_so_many_events_and_no_more(hub: Hub) -> None:
    hub.publish(*range(11, 11 + RECENT + 5))
    assert hub.channel.recent_after(10) is None
    assert len(hub.channel.recent_after(15) or []) == RECENT


@pytest.mark.parametrize("kind", ["hidden", "gone"])
async def test_words_that_were_removed_are_not_kept_for_a_late_reader(hub: Hub, kind: str) -> None:
    hub.publish(11, 12)
    hidden = _message(11, state="hidden", reason="Scheldwoord")
    removal: AnyEvent = (
        MessageHidden(seq=13, at=EVENING, message=hidden)
        if kind == "hidden"
        else MessageGone(seq=13, at=EVENING, message=11)
    )
    hub.channel.publish(13, [removal])
    assert hub.channel.recent_after(10) is None
    assert _seqs(hub.channel.recent_after(12)) == [13]
    assert all(b"geheim" not in payload for payload in hub.channel.recent_after(12) or [])


async def test_who_does_not_keep_up_loses_only_their_own_socket(hub: Hub) -> None:
    hub.one.stuck = UNSENT_LIMIT + 1
    hub.publish(11)
    await _settled(hub)
    hub.publish(12)
    await _settled(hub)
    assert hub.slow == [hub.one]
    assert hub.one.seqs == [11]
    assert hub.two.seqs == [11, 12]


async def test_who_waits_for_news_is_woken_once_it_is_out(hub: Hub) -> None:
    waiting = asyncio.create_task(hub.channel.advanced.wait())
    await asyncio.sleep(0)
    hub.publish(11)
    await asyncio.wait_for(waiting, 5)
    assert hub.one.seqs == [11]
    assert not hub.channel.advanced.is_set()


async def test_the_measured_lag_is_that_of_the_events_and_nothing_else(hub: Hub) -> None:
    before = REGISTRY.get_sample_value("deliberation_lag_seconds_count") or 0
    hub.publish(11)
    hub.channel.join(FakeSocket())
    await _settled(hub)
    assert REGISTRY.get_sample_value("deliberation_lag_seconds_count") == before + 1


def _seqs(payloads: Iterable[bytes] | None) -> list[int]:
    return [msgspec.json.decode(payload)["seq"] for payload in payloads or []]
