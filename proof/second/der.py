# SPDX-License-Identifier: Apache-2.0
"""DER (X.690 section 10), and as much of X.509 (RFC 5280) and CMS (RFC 5652) as names, numbers and places need.
Signatures and paths are for openssl."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import datetime, timezone
from typing import Optional

from refuse import Refused

MAX_DEPTH = 32
OID, INTEGER, OCTETS, SEQUENCE, SET, BOOLEAN, ENUMERATED = 0x06, 0x02, 0x04, 0x30, 0x31, 0x01, 0x0A


class Node:
    """One element; its children are read when they are asked for."""

    def __init__(self, data: bytes, start: int, body: int, end: int) -> None:
        self.tag = data[start]
        self.raw = data[start:end]
        self.body = data[body:end]

    @property
    def kids(self) -> list[Node]:
        found = []
        at = 0
        while at < len(self.body):
            body, end = _span(self.body, at, len(self.body))
            found.append(Node(self.body, at, body, end))
            at = end
        return found

    def kid(self, n: int, tag: int) -> Node:
        """The n-th child, which must have this tag."""
        kids = self.kids
        if n >= len(kids) or kids[n].tag != tag:
            raise Refused("form")
        return kids[n]

    def tagged(self, tag: int) -> Optional[Node]:
        """The child with a context tag."""
        return next((kid for kid in self.kids if kid.tag == tag), None)


def _span(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Where the content of the element at `at` starts and ends: definite and shortest length, short tag."""
    if at + 2 > end or data[at] & 31 == 31 or data[at + 1] == 0x80:
        raise Refused("form")
    length = data[at + 1]
    body = at + 2
    if length > 0x80:
        digits = length & 0x7F
        length = int.from_bytes(data[body : body + digits], "big")
        if digits > 4 or body + digits > end or data[body] == 0 or length < 0x80:
            raise Refused("form")
        body += digits
    if body + length > end:
        raise Refused("form")
    return body, body + length


def parse(data: bytes, what: str) -> Node:
    """Exactly one element, well-formed inside, with nothing behind it."""
    try:
        todo = [(0, len(data), 0, True)]
        while todo:
            at, end, depth, alone = todo.pop()
            while at < end:
                body, stop = _span(data, at, end)
                if data[at] & 32:
                    if depth >= MAX_DEPTH:
                        raise Refused("form")
                    todo.append((body, stop, depth + 1, False))
                at = stop
                if alone and at != end:
                    raise Refused("form")
        body, end = _span(data, 0, len(data))
        return Node(data, 0, body, end)
    except Refused as error:
        raise Refused(what) from error


def oid(node: Node) -> str:
    if node.tag != OID or not node.body:
        raise Refused("form")
    numbers = [0]
    for byte in node.body:
        numbers[-1] = numbers[-1] << 7 | byte & 127
        if byte < 128:
            numbers.append(0)
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:-1])))


def algorithm(node: Node) -> str:
    """The OID of an AlgorithmIdentifier."""
    return oid(node.kid(0, OID))


def time_of(node: Node) -> datetime:
    """UTCTime or GeneralizedTime as DER has them: UTC, with seconds, no zeros behind a fraction."""
    text = node.body.decode("ascii", "replace")
    match = re.fullmatch(r"([0-9]{12}|[0-9]{14})(\.[0-9]*[1-9])?Z", text)
    if not match or (node.tag, len(match[1])) not in ((0x17, 12), (0x18, 14)):
        raise Refused("form")
    digits = match[1]
    if len(digits) == 12:
        digits = ("19" if digits >= "5" else "20") + digits
    try:
        at = datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise Refused("form") from error
    return at.replace(microsecond=int(f"{(match[2] or '.0')[1:]:0<6}"[:6]))


class Certificate:
    """RFC 5280 section 4.1, read and not believed."""

    def __init__(self, der: bytes) -> None:
        self.der = der
        tbs = parse(der, "certificate").kid(0, SEQUENCE)
        try:
            fields = tbs.kids[1:] if tbs.kids[0].tag == 0xA0 else tbs.kids
            self.serial, self.issuer, self.subject = fields[0].body, fields[2].raw, fields[4].raw
            self.names = [(oid(part.kids[0]), part.kids[1]) for rdn in fields[4].kids for part in rdn.kids]
            self.key = hashlib.sha256(fields[5].raw).hexdigest()
            self.algorithm = algorithm(parse(der, "certificate").kids[1])
        except (IndexError, Refused) as error:
            raise Refused("certificate") from error

    def name(self, kind: str) -> Optional[str]:
        """An attribute of the subject: common name 2.5.4.3, organisation 2.5.4.10."""
        found = next((value for attribute, value in self.names if attribute == kind), None)
        if found is None:
            return None
        return found.body.decode("utf-16-be" if found.tag == 0x1E else "utf-8", "replace")

    def holder(self) -> str:
        named = self.name("2.5.4.3")
        shown = (self.name("2.5.4.10") if named is None else named) or ""
        return "".join(c if c.isprintable() else "?" for c in shown)[:120]

    def pem(self) -> bytes:
        return pem(self.der, "CERTIFICATE")


def pem(der: bytes, label: str) -> bytes:
    return f"-----BEGIN {label}-----\n".encode() + base64.encodebytes(der) + f"-----END {label}-----\n".encode()


def pem_blocks(text: str) -> list[bytes]:
    """The certificates of a PEM text (RFC 7468); what stands between blocks is ignored."""
    found = []
    for match in re.finditer(r"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----", text):
        lines = re.sub(r"\s", "", match[1])
        try:
            data = base64.b64decode(lines, validate=True)
        except ValueError as error:
            raise Refused("base64") from error
        if base64.b64encode(data).decode() != lines:
            raise Refused("base64")
        found.append(data)
    return found
