# SPDX-License-Identifier: Apache-2.0
"""RFC 3161 messages, read and not believed: what was asked, and what the authority says it saw when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Optional

from der import BOOLEAN, INTEGER, OCTETS, SEQUENCE, SET, Certificate, Node, algorithm, oid, parse, time_of
from refuse import Refused

MAX_TOKEN = 64 * 1024
SHA256 = "2.16.840.1.101.3.4.2.1"
SIGNED_DATA, TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"


class Query(NamedTuple):
    imprint: bytes
    nonce: Optional[bytes]
    policy: Optional[str]


class Token(NamedTuple):
    # The ContentInfo, for openssl.
    cms: bytes
    imprint: bytes
    nonce: Optional[bytes]
    policy: str
    at: datetime
    certificates: list[Certificate]
    # Issuer and serial number, or key identifier, of the signer.
    signer: Node
    # Of the digest and of the signature.
    algorithms: list[str]
    attributes_right: bool


def read_query(data: bytes) -> Query:
    """TimeStampReq, section 2.4.1."""
    request = parse(data, "query")
    try:
        fields = request.kids
        rest = fields[2:]
        policy = oid(rest.pop(0)) if rest and rest[0].tag == 0x06 else None
        nonce = rest.pop(0).body if rest and rest[0].tag == INTEGER else None
        return Query(_imprint(fields[1]), nonce, policy)
    except (IndexError, Refused) as error:
        raise Refused("imprint" if str(error) == "imprint" else "query") from error


def read_response(data: bytes) -> Token:
    """TimeStampResp, section 2.4.2: granted, one SignedData with one signer over a TSTInfo."""
    if len(data) > MAX_TOKEN:
        raise Refused("too large")
    response = parse(data, "form")
    try:
        if response.kid(0, SEQUENCE).kid(0, INTEGER).body not in (b"\x00", b"\x01"):
            raise Refused("refused")
        return _token(response.kid(1, SEQUENCE))
    except (IndexError, ValueError) as error:
        raise Refused("form") from error


def _token(content: Node) -> Token:
    if oid(content.kids[0]) != SIGNED_DATA:
        raise Refused("form")
    signed = content.kid(1, 0xA0).kid(0, SEQUENCE)
    held = signed.kid(2, SEQUENCE)
    signers = signed.kids[-1]
    if oid(held.kids[0]) != TST_INFO or signers.tag != SET or len(signers.kids) != 1:
        raise Refused("form")
    info = parse(_octets(held.kid(1, 0xA0).kids[0]), "form")
    version, policy, imprint, _serial, at = info.kids[:5]
    if version.raw != b"\x02\x01\x01":
        raise Refused("form")
    extensions = info.tagged(0xA1)
    if extensions and any(len(e.kids) == 3 and e.kids[1].tag == BOOLEAN and e.kids[1].body != b"\x00" for e in extensions.kids):
        raise Refused("critical-extension")
    nonce = next((field.body for field in info.kids[5:] if field.tag == INTEGER), None)
    bag = signed.tagged(0xA0)
    certificates = [Certificate(kid.raw) for kid in bag.kids if kid.tag == SEQUENCE] if bag else []
    signer = signers.kid(0, SEQUENCE)
    attributes = signer.tagged(0xA0)
    after = signer.kids[4 if attributes else 3]
    return Token(
        cms=content.raw,
        imprint=_imprint(imprint),
        nonce=nonce,
        policy=oid(policy),
        at=time_of(at),
        certificates=certificates,
        signer=signer.kids[1],
        algorithms=[algorithm(signer.kid(2, SEQUENCE)), algorithm(after)],
        attributes_right=_right(attributes.kids if attributes else []),
    )


def _octets(node: Node) -> bytes:
    """An OCTET STRING; CMS (RFC 5652 section 5.2) allows BER here, and so pieces."""
    if node.tag == OCTETS | 0x20 and all(kid.tag == OCTETS for kid in node.kids):
        return b"".join(kid.body for kid in node.kids)
    if node.tag != OCTETS:
        raise Refused("form")
    return node.body


def _imprint(node: Node) -> bytes:
    digest = node.kid(1, OCTETS).body
    if algorithm(node.kid(0, SEQUENCE)) != SHA256 or len(digest) != 32:
        raise Refused("imprint")
    return digest


def _right(attributes: list[Node]) -> bool:
    """RFC 5652 section 5.3: content type and message digest are there, each attribute once."""
    found = {oid(attribute.kids[0]): attribute.kid(1, SET).kids for attribute in attributes}
    kind = found.get(CONTENT_TYPE, [])
    return len(found) == len(attributes) and MESSAGE_DIGEST in found and [oid(value) for value in kind] == [TST_INFO]
