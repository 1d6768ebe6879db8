"""The wire's structs as plain data, for whoever writes them down in another language."""

from dataclasses import dataclass
from datetime import datetime
from types import UnionType
from typing import Any, get_args
from uuid import UUID

import msgspec
from msgspec import inspect

from . import shapes
from .commands import AnyCommand, AnySignal
from .events import AnyStaffEvent, PublicEvent
from .replies import AnyReply

GROUPS: dict[str, UnionType] = {
    "Commands (client to server, each answered by ack or nack)": AnyCommand,
    "Signals (client to server, never answered)": AnySignal,
    "Events of the public stream (numbered, never lost)": PublicEvent,
    "Events of the staff stream (numbers of their own)": AnyStaffEvent,
    "Replies and hints (not in the log)": AnyReply,
}


@dataclass(frozen=True)
class Field:
    """`type` is a TypeScript type; `bare` the struct it holds, if it holds one."""

    name: str
    type: str
    required: bool
    many: bool
    bare: str | None


@dataclass(frozen=True)
class Described:
    name: str
    tag: str | None
    doc: str
    fields: list[Field]


def nouns() -> list[Described]:
    """The shapes that frames are made of, in the order of the module."""
    found = [value for value in vars(shapes).values() if isinstance(value, type)]
    kinds = [k for k in found if issubclass(k, shapes.Shape) and k is not shapes.Shape]
    return [described(kind) for kind in kinds]


def frames(group: UnionType) -> list[Described]:
    return [described(kind) for kind in get_args(group)]


def described(kind: type[msgspec.Struct]) -> Described:
    """One struct: its tag, its own docstring, its fields."""
    tag = kind.__struct_config__.tag
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.StructType):
        raise TypeError(kind)
    doc = (kind.__dict__.get("__doc__") or "").strip()
    return Described(
        name=kind.__name__,
        tag=str(tag) if tag else None,
        doc=" ".join(doc.split()) if not doc.startswith(kind.__name__ + "(") else "",
        fields=[_field(field) for field in info.fields],
    )


def _field(field: inspect.Field) -> Field:
    inner = _without_none(field.type)
    many = isinstance(inner, inspect.ListType)
    held = inner.item_type if isinstance(inner, inspect.ListType) else inner
    return Field(
        name=field.encode_name,
        type=typescript(field.type),
        required=field.required,
        many=many,
        bare=held.cls.__name__ if isinstance(held, inspect.StructType) else None,
    )


def _without_none(kind: Any) -> Any:
    if isinstance(kind, inspect.UnionType):
        left = [t for t in kind.types if not isinstance(t, inspect.NoneType)]
        return left[0] if len(left) == 1 else kind
    return kind


def typescript(kind: Any) -> str:
    """A msgspec type as TypeScript writes it."""
    match kind:
        case inspect.StructType(cls=cls):
            return str(cls.__name__)
        case inspect.UnionType(types=types):
            return " | ".join(typescript(t) for t in types)
        case inspect.LiteralType(values=values):
            return " | ".join(f'"{value}"' for value in values)
        case inspect.ListType(item_type=item):
            inner = typescript(item)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case inspect.DictType(value_type=value):
            return f"Record<string, {typescript(value)}>"
        case inspect.Metadata(type=inner):
            return typescript(inner)
        case inspect.BoolType():
            return "boolean"
        case inspect.IntType() | inspect.FloatType():
            return "number"
        case inspect.NoneType():
            return "null"
        case inspect.StrType() | inspect.UUIDType() | inspect.DateTimeType() | inspect.DateType():
            return "string"
    raise TypeError(f"no TypeScript for {kind}")


def example(kind: type[msgspec.Struct]) -> bytes:
    """A small valid frame: required fields only."""
    info = inspect.type_info(kind)
    if not isinstance(info, inspect.StructType):
        raise TypeError(kind)
    values = {f.name: _value(f.type) for f in info.fields if f.required}
    return msgspec.json.encode(kind(**values))


def _value(kind: Any) -> Any:
    match kind:
        case inspect.UnionType(types=types):
            return _value(types[0])
        case inspect.StructType(cls=cls, fields=fields):
            return cls(**{f.name: _value(f.type) for f in fields if f.required})
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.ListType():
            return []
        case inspect.DictType():
            return {}
        case inspect.Metadata(type=inner):
            return _value(inner)
        case inspect.UUIDType():
            return UUID("7f1a1b1c-0d5e-4a69-9b8f-0d2f4a6b8c1d")
        case inspect.DateTimeType():
            return datetime.fromisoformat("2026-05-01T19:30:00+00:00")
        case inspect.BoolType():
            return False
        case inspect.IntType() | inspect.FloatType():
            return 42
    return "…"
