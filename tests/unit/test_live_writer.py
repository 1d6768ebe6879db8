"""Natural group commit: while one commit is in flight commands queue; the next takes them all."""

import asyncio
import threading
from uuid import UUID

import pytest

from deliberation.eventlog.refs import Done
from deliberation.kernel.refusals import Refused
from deliberation.live.database import Database
from deliberation.live.writer import BATCH_LIMIT, QUEUE_LIMIT, Asked, Writer
from deliberation.protocol.commands import AnyCommand, MessageRetract


class Store:
    """Carries out batches on a thread, when it is let."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.free = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)
        self.fails = False

    def __call__(self, room: str, batch: list[tuple[int, AnyCommand]]) -> list[Done | Refused]:
        self.begun.release()
        assert self.free.acquire(timeout=30)
        if self.fails:
            raise RuntimeError("the pool is gone")
        self.batches.append([person for person, _ in batch])
        return [Done(person, person) for person, _ in batch]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def writer(store: Store) -> Writer:
    return Writer("plein", store, Database(readers=1))


def _asked(writer: Writer, *people: int) -> list[Asked]:
    found = [Asked(person, MessageRetract(ref=UUID(int=person), message=1)) for person in people]
    for asked in found:
        writer.submit(asked)
    return found


async def _begun(store: Store) -> None:
    assert await asyncio.to_thread(store.begun.acquire, timeout=30)


async def test_while_one_commit_is_in_flight_the_rest_forms_one_batch(
    writer: Writer, store: Store
) -> None:
    first = _asked(writer, 1)
    await _begun(store)
    rest = [*_asked(writer, 2, 3), *_asked(writer, 4)]
    store.free.release(2)
    answers = await asyncio.gather(*[asked.answer for asked in [*first, *rest]])
    assert store.batches == [[1], [2, 3, 4]]
    assert answers == [Done(n, n) for n in (1, 2, 3, 4)]


async def test_nobody_is_answered_before_the_commit(writer: Writer, store: Store) -> None:
    (asked,) = _asked(writer, 1)
    await _begun(store)
    assert not asked.answer.done()
    store.free.release()
    assert await asked.answer == Done(1, 1)


async def test_a_batch_is_bounded_and_keeps_the_order(writer: Writer, store: Store) -> None:
    store.free.release(3)
    everyone = _asked(writer, *range(2 * BATCH_LIMIT + 5))
    await asyncio.gather(*[asked.answer for asked in everyone])
    assert [len(batch) for batch in store.batches] == [BATCH_LIMIT, BATCH_LIMIT, 5]
    assert [person for batch in store.batches for person in batch] == list(
        range(2 * BATCH_LIMIT + 5)
    )


async def test_a_queue_that_grows_too_long_is_full(writer: Writer, store: Store) -> None:
    _asked(writer, 0)
    await _begun(store)
    _asked(writer, *range(1, QUEUE_LIMIT))
    assert not writer.full
    _asked(writer, QUEUE_LIMIT)
    assert writer.full
    store.free.release(QUEUE_LIMIT)
    await writer.idle()
    assert not writer.full


async def test_idle_waits_for_everything_that_was_asked(writer: Writer, store: Store) -> None:
    await writer.idle()
    first = _asked(writer, 1)
    await _begun(store)
    later = _asked(writer, 2)
    store.free.release(2)
    await writer.idle()
    assert all(asked.answer.done() for asked in [*first, *later])


async def test_who_left_meanwhile_does_not_stop_the_others(writer: Writer, store: Store) -> None:
    gone, stays = _asked(writer, 1, 2)
    await _begun(store)
    gone.answer.cancel()
    store.free.release()
    assert await stays.answer == Done(2, 2)


async def test_a_failure_nobody_foresaw_is_answered_too(writer: Writer, store: Store) -> None:
    store.fails = True
    (asked,) = _asked(writer, 1)
    store.free.release()
    answer = await asyncio.wait_for(asked.answer, 10)
    assert isinstance(answer, Refused)
    assert answer.code == "unavailable"
    store.fails = False
    (again,) = _asked(writer, 2)
    store.free.release()
    assert await again.answer == Done(2, 2)
