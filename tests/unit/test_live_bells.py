"""Doorbells: one ring tells of all that was written while the last one was on its way."""

import asyncio
from typing import Any

import pytest

from deliberation.live import bells
from deliberation.live.bells import Bells


class Layer:
    """A channel layer that says when three heads were told."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.rang = asyncio.Event()

    async def new_channel(self) -> str:
        return "ours"

    async def group_add(self, group: str, channel: str) -> None:
        pass

    async def receive(self, channel: str) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError("nothing comes")

    async def group_send(self, group: str, bell: dict[str, Any]) -> None:
        self.sent.append(bell)
        if sum(one["kind"] == "head" for one in self.sent) == 3:
            self.rang.set()


async def _nothing() -> None:
    pass


async def test_a_later_bell_with_the_same_key_replaces_one_that_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    layer = Layer()
    monkeypatch.setattr(bells, "get_channel_layer", lambda: layer)
    ours = Bells(lambda bell: None, _nothing)
    for head in (1, 2, 3):
        ours.ring(("room:1:public", ()), {"kind": "head", "head": head})
    ours.ring(("room:1:public", (7,)), {"kind": "head", "head": 3, "tallies": [7]})
    ours.ring(("room:2:public", ()), {"kind": "head", "head": 9})
    tasks = ours.run()
    await layer.rang.wait()
    for task in tasks:
        task.cancel()
    heads = [bell["head"] for bell in layer.sent if bell["kind"] == "head"]
    assert heads == [3, 3, 9]
