# SPDX-License-Identifier: Apache-2.0
"""Typed, strict conversion between domain dataclasses and what JSON can hold.

Understands str, int, float, bool, None, string enums, `X | None`, `tuple[X, ...]`, `tuple[X, Y]`, `list[X]`,
`dict[K, V]` with text, whole-number or enum keys, and dataclasses nested in each other. An unknown or missing key or a
value of another type is refused, never guessed; only a field that has a default may be absent, so that documents
written before the field existed stay readable.
"""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]
Reader = Callable[[object], object]
T = TypeVar("T")


class CodecError(ValueError):
    """A value does not fit its type."""


def encode(value: object) -> Plain:
    """The plain form of a domain value."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return cast(Plain, value)
    if isinstance(value, Enum):
        return encode(value.value)
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, float):
        return _finite(value)
    return _encode_compound(value)


def _encode_compound(value: object) -> Plain:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: encode(getattr(value, name)) for name in _shape(type(value))}
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        plain = {_encode_key(key): encode(item) for key, item in value.items()}
        if len(plain) != len(value):
            raise CodecError("two keys have one spelling")
        return plain
    raise CodecError(f"{type(value).__name__} cannot be stored")


def _encode_key(key: object) -> str:
    if isinstance(key, Enum):
        return _encode_key(key.value)
    if isinstance(key, bool) or not isinstance(key, (str, int)):
        raise CodecError(f"{type(key).__name__} cannot be a key")
    return str(key)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise CodecError(f"{value} is not a finite number")
    return value


def decode(kind: type[T], plain: object) -> T:
    """The domain value of type `kind` that `encode` made `plain` from. Raises CodecError."""
    hint: Any = kind
    return cast(T, reader(hint)(plain))


@cache
def reader(hint: object) -> Reader:
    """The function that reads plain values of the given type hint."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _optional(typing.get_args(hint))
    if origin is not None:
        return _container(origin, typing.get_args(hint))
    if isinstance(hint, type):
        if dataclasses.is_dataclass(hint):
            return _dataclass(hint)
        if issubclass(hint, Enum):
            return _enum(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    raise CodecError(f"no rule for {hint}")


def _scalar(kind: type) -> Reader:
    def read(plain: object) -> object:
        if type(plain) is not kind:
            raise CodecError(f"expected {kind.__name__}, found {type(plain).__name__}")
        return plain

    return read


def _float(plain: object) -> object:
    # JSON writers drop the fraction of a whole number, so 1 is a good float.
    if isinstance(plain, bool) or not isinstance(plain, (int, float)):
        raise CodecError(f"expected a number, found {type(plain).__name__}")
    return _finite(float(plain))


_SCALARS: dict[object, Reader] = {
    str: _scalar(str),
    int: _scalar(int),
    bool: _scalar(bool),
    type(None): _scalar(type(None)),
    float: _float,
}


def _enum(kind: type[Enum]) -> Reader:
    def read(plain: object) -> object:
        try:
            return kind(plain)
        except ValueError as error:
            raise CodecError(str(error)) from error

    return read


def _optional(args: tuple[object, ...]) -> Reader:
    inner = [arg for arg in args if arg is not type(None)]
    if len(inner) != 1:
        raise CodecError("only `X | None` can be read back without guessing")
    read_inner = reader(inner[0])
    return lambda plain: None if plain is None else read_inner(plain)


def _container(origin: object, args: tuple[object, ...]) -> Reader:
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return _sequence(reader(args[0]), tuple)
    if origin is tuple:
        return _fixed_tuple([reader(arg) for arg in args])
    if origin is list:
        return _sequence(reader(args[0]), list)
    if origin is dict:
        return _mapping(args[0], reader(args[1]))
    raise CodecError(f"no rule for {origin}")


def _list(plain: object) -> list[object]:
    if not isinstance(plain, list):
        raise CodecError(f"expected a list, found {type(plain).__name__}")
    return plain


def _dict(plain: object) -> dict[str, object]:
    if not isinstance(plain, dict):
        raise CodecError(f"expected a mapping, found {type(plain).__name__}")
    return plain


def _sequence(item: Reader, build: Callable[[list[object]], object]) -> Reader:
    return lambda plain: build([item(value) for value in _list(plain)])


def _fixed_tuple(items: list[Reader]) -> Reader:
    def read(plain: object) -> object:
        values = _list(plain)
        if len(values) != len(items):
            raise CodecError(f"expected {len(items)} values, found {len(values)}")
        return tuple(item(value) for item, value in zip(items, values, strict=True))

    return read


def _mapping(key_hint: object, item: Reader) -> Reader:
    read_key = _int_key if key_hint is int else reader(key_hint)
    return lambda plain: {read_key(key): item(value) for key, value in _dict(plain).items()}


def _int_key(plain: object) -> object:
    text = str(plain)
    try:
        number = int(text)
    except ValueError as error:
        raise CodecError(f"{text!r} is not a whole number") from error
    if str(number) != text:
        raise CodecError(f"{text!r} is not how a key is written")
    return number


@cache
def _shape(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def _required(field: dataclasses.Field[object]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _dataclass(kind: type) -> Reader:
    hints = typing.get_type_hints(kind)
    names = frozenset(_shape(kind))
    required = frozenset(field.name for field in dataclasses.fields(kind) if _required(field))

    def read_field(name: str, value: object) -> object:
        # Looked up at reading time, so that dataclasses may refer to themselves.
        try:
            return reader(hints[name])(value)
        except CodecError as error:
            raise CodecError(f"{kind.__name__}.{name}: {error}") from error

    def read(plain: object) -> object:
        values = _dict(plain)
        if extra := sorted(values.keys() - names):
            raise CodecError(f"{kind.__name__} has no {', '.join(extra)}")
        if missing := sorted(required - values.keys()):
            raise CodecError(f"{kind.__name__} lacks {', '.join(missing)}")
        return kind(**{name: read_field(name, value) for name, value in values.items()})

    return read
