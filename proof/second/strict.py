# SPDX-License-Identifier: Apache-2.0
"""Encodings of which each value has one spelling: UTF-8, Base 64 (RFC 4648), hex, canonical JSON (RFC 8785)."""

from __future__ import annotations

import base64
import binascii
import json
import re

from refuse import Refused

SAFE = 2**53 - 1
# Deeper than anything the format holds; both checkers refuse more, so that neither ends for want of stack.
MAX_DEPTH = 64


def text_of(data: bytes, what: str) -> str:
    """The text of UTF-8 bytes; a byte order mark stays in."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{what}: not UTF-8") from error


def base64_bytes(text: str, what: str) -> bytes:
    """Padded, standard alphabet, no white space, unused bits zero."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError) as error:
        raise Refused(f"{what}: base64") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise Refused(f"{what}: base64")
    return data


def is_hex(value: object, digits: int) -> bool:
    """Lower-case hex of exactly so many digits."""
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{%d}" % digits, value) is not None


def is_count(value: object) -> bool:
    """A whole number from 0 to 2^53 - 1; in Python True is an int, in JSON it is not."""
    return type(value) is int and 0 <= value <= SAFE


def has_exactly(value: object, keys: str) -> bool:
    """True for an object with exactly these keys (separated by spaces)."""
    return isinstance(value, dict) and set(value) == set(keys.split())


def number_text(value: float) -> str:
    """ECMAScript's Number::toString, which RFC 8785 section 3.2.2.3 takes over. Python finds the same shortest digits and sets them differently."""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    size = len(digits)
    if size <= point <= 21:
        return sign + digits + "0" * (point - size)
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if size > 1 else ""
    return f"{sign}{digits[0]}{rest}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def _number(text: str) -> int | float:
    value = float(text)
    if value in (float("inf"), float("-inf")) or number_text(value) != text:
        raise ValueError("number")
    return int(text) if re.fullmatch(r"-?[0-9]+", text) and abs(value) <= SAFE else value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("key twice")
    return value


def _constant(text: str) -> None:
    raise ValueError(text)


def canonical(value: object, depth: int = 0) -> str:
    """Canonical JSON of a parsed value: keys in the order of UTF-16 code units, no white space."""
    if depth > MAX_DEPTH:
        raise ValueError("depth")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key], depth + 1)}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, depth + 1) for item in value) + "]"
    if type(value) in (int, float):
        return number_text(float(value))
    return json.dumps(value, ensure_ascii=False)


def parse_canonical(data: bytes, what: str) -> object:
    """The value of bytes that are canonical JSON and nothing else. Another spelling, a key twice, a byte more: Refused."""
    source = text_of(data, what)
    try:
        value = json.loads(source, parse_int=_number, parse_float=_number, parse_constant=_constant, object_pairs_hook=_object)
        same = canonical(value) == source
    except (ValueError, RecursionError) as error:
        raise Refused(f"{what}: JSON") from error
    if not same:
        raise Refused(f"{what}: spelling")
    return value


def parse_canonical_file(data: bytes, what: str) -> object:
    """Canonical JSON with one newline behind it."""
    if data[-1:] != b"\n":
        raise Refused(f"{what}: newline")
    return parse_canonical(data[:-1], what)


def is_day(text: str) -> bool:
    """A day of the Gregorian calendar, YYYY-MM-DD."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not match:
        return False
    year, month, day = map(int, match.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]


def is_instant(value: object) -> bool:
    """An instant of RFC 3339 in UTC, spelled with T and Z, without leap seconds."""
    if not isinstance(value, str):
        return False
    time = re.fullmatch(r"(.{10})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?Z", value)
    return time is not None and is_day(time[1]) and int(time[2]) < 24 and int(time[3]) < 60 and int(time[4]) < 60
