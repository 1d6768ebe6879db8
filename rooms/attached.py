"""What a room shows that packages above this one keep. The composition root hands it in."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from deliberation.protocol.shapes import NeedView


def _none(_room_or_ids: object) -> Sequence[NeedView]:
    return ()


@dataclass
class _Attached:
    """`listed`: needs on the agenda of the neighbourhood with this id, in the order of their ids.
    `by_id`: needs as they are now, whatever their state.
    """

    listed: Callable[[int], Sequence[NeedView]] = _none
    by_id: Callable[[Collection[int]], Sequence[NeedView]] = _none


attached = _Attached()


def attach_needs(
    *,
    listed: Callable[[int], Sequence[NeedView]],
    by_id: Callable[[Collection[int]], Sequence[NeedView]],
) -> None:
    attached.listed, attached.by_id = listed, by_id
