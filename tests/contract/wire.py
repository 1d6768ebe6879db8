"""Every frame there is, for tests that must not forget one."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st
from msgspec import Meta, Struct

from deliberation.protocol.commands import FromClient
from deliberation.protocol.events import AnyEvent
from deliberation.protocol.replies import FromServer


def cases(union: Any) -> tuple[type[Struct], ...]:
    """The structs of a union of frames."""
    return get_args(union)


def tag(frame: type[Struct]) -> str:
    return str(frame.__struct_config__.tag)


CLIENT = {tag(frame): frame for frame in cases(FromClient)}
SERVER = {tag(frame): frame for frame in cases(FromServer)}
EVENTS = {tag(frame): frame for frame in cases(AnyEvent)}

_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.text(st.one_of(st.characters(), st.just("\x00")), max_size=30),
    st.sampled_from(
        ["agree", "open", "slow", "need", "2026-03-02T19:00:00Z", "2026-03-02T19:00:00"]
    ),
    st.uuids().map(str),
    st.datetimes().map(str),
)
JSON = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
_names = sorted({name for frame in CLIENT.values() for name in frame.__struct_fields__} | {"type"})
FRAMELIKE = st.dictionaries(
    st.one_of(st.sampled_from(_names), st.text(max_size=6)),
    st.one_of(st.sampled_from(sorted(CLIENT)), JSON),
    max_size=8,
)


def frames(frame: type[Struct]) -> st.SearchStrategy[Struct]:
    """Any instance of the struct that its own bounds allow."""
    hints = get_type_hints(frame, include_extras=True)
    fields = {name: values(hints[name]) for name in frame.__struct_fields__}
    return st.fixed_dictionaries(fields).map(lambda given: frame(**given))


def values(hint: Any, bounds: Meta | None = None) -> st.SearchStrategy[Any]:
    """Any value that fits a type of the protocol. KeyError for a type nobody thought of."""
    origin = get_origin(hint)
    if origin is Annotated:
        return values(hint.__origin__, hint.__metadata__[0])
    if origin is Literal:
        return st.sampled_from(get_args(hint))
    if origin in (Union, UnionType):
        return st.one_of([values(part) for part in get_args(hint)])
    if origin is list:
        return st.lists(values(get_args(hint)[0]), max_size=3)
    if origin is dict:
        key, value = get_args(hint)
        return st.dictionaries(values(key), values(value), max_size=3)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return frames(hint)
    return _PLAIN[hint](bounds or Meta())


def _text(bounds: Meta) -> st.SearchStrategy[str]:
    if bounds.pattern:
        return st.from_regex(bounds.pattern, fullmatch=True).map(lambda text: text[:60].strip())
    return st.text(max_size=min(bounds.max_length or 60, 60))


_PLAIN: dict[Any, Callable[[Meta], st.SearchStrategy[Any]]] = {
    str: _text,
    int: lambda bounds: st.integers(
        -(2**53) if bounds.ge is None else int(bounds.ge), int(bounds.le or 2**53)
    ),
    bool: lambda _: st.booleans(),
    float: lambda _: st.floats(0, 1e6),
    UUID: lambda _: st.uuids(),
    datetime: lambda _: st.datetimes(timezones=st.just(UTC)),
    date: lambda _: st.dates(),
    type(None): lambda _: st.none(),
}
