# SPDX-License-Identifier: Apache-2.0
"""DSSE v1 envelopes, in-toto Statements v1 in them, and the leaves of dispositions."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from note import Key
from openssl import OpenSSL
from refuse import Refused
from strict import base64_bytes, canonical, has_exactly, is_count, is_day, is_instant, parse_canonical

KINDS = """case.opened source.left-out data-map.fixed inventory.committed standing.found hold.changed subjects.decided plan.compiled
    rule.confirmed plan.approved approval.revoked notice.batch notice.delivered notice.answers exception.added exceptions.signed canary.control
    archive.sealed offline.instructed offline.confirmed offline.verified execution.finished verification.finished keys.destroyed
    dispositions.final evidence.sealed""".split()
DISPOSITIONS = "delete anonymise archive transfer handOver hold exclude gap".split()
OUTCOMES = "done deleted-inferred kept drifted vanished blocked refused unverified".split()
DISPOSITION_START = b'{"d":'
STATEMENT = "application/vnd.in-toto+json"


class Envelope(NamedTuple):
    payload: bytes
    payload_type: str
    keyid: str
    signature: bytes

    def signed(self) -> bytes:
        """DSSE's pre-authentication encoding; lengths in bytes."""
        kind = self.payload_type.encode()
        return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(self.payload), self.payload)


class Statement(NamedTuple):
    case: str
    kind: str
    seq: int
    at: str
    body: dict


class Disposition(NamedTuple):
    index: int
    disposition: str


def read_envelope(value: object, payload_type: str) -> Envelope:
    """An envelope with one signature and no other field; its signature is not verified here."""
    if not has_exactly(value, "payload payloadType signatures"):
        raise Refused("envelope")
    signatures = value["signatures"]
    if not isinstance(signatures, list) or len(signatures) != 1 or not has_exactly(signatures[0], "keyid sig"):
        raise Refused("envelope: signatures")
    texts = (value["payload"], value["payloadType"], signatures[0]["keyid"], signatures[0]["sig"])
    if not all(isinstance(text, str) for text in texts) or texts[1] != payload_type:
        raise Refused("envelope: type")
    return Envelope(base64_bytes(texts[0], "payload"), texts[1], texts[2], base64_bytes(texts[3], "signature"))


def verify_envelope(envelope: Envelope, public: bytes, openssl: OpenSSL) -> None:
    """Ed25519 with a key of 32 bytes, SM2 with a point of 65. Raises Refused, or CannotCheck."""
    verifies = openssl.sm2 if len(public) == 65 else openssl.ed25519
    if not verifies(public, envelope.signed(), envelope.signature):
        raise Refused("signature")


def read_statement(envelope: Envelope, key: Key) -> Statement:
    """The statement in an envelope of the log's key. Its subject is its body, so the digest must be the body's."""
    if envelope.keyid != f"{key.name}+{key.id}":
        raise Refused("keyid")
    value = parse_canonical(envelope.payload, "statement")
    if not has_exactly(value, "_type subject predicateType predicate"):
        raise Refused("statement: form")
    said = value["predicate"]
    if not has_exactly(said, "case kind seq at body"):
        raise Refused("statement: predicate")
    body = said["body"]
    if not isinstance(said["case"], str) or not is_count(said["seq"]) or not is_instant(said["at"]) or not isinstance(body, dict):
        raise Refused("statement: fields")
    kind = said["kind"]
    if kind not in KINDS:
        raise Refused("statement: kind")
    digest = hashlib.sha256(canonical(body).encode()).hexdigest()
    subject = [{"name": "body", "digest": {"sha256": digest}}]
    outside = (value["_type"], value["predicateType"], value["subject"])
    if outside != ("https://in-toto.io/Statement/v1", f"https://shanhou.example/evidence/{kind}/v1", subject):
        raise Refused("statement: subject")
    return Statement(said["case"], kind, said["seq"], said["at"], body)


def read_disposition(line: bytes) -> Disposition:
    """`{"d":…,"i":…,"k":"d","o":…,"r":[…],"u":…,"w":…}`: closed values, days and codes; nothing personal fits in."""
    leaf = parse_canonical(line, "disposition")
    if not has_exactly(leaf, "d i k o r u w") or leaf["k"] != "d" or not is_count(leaf["i"]):
        raise Refused("disposition")
    if leaf["d"] not in DISPOSITIONS or leaf["o"] not in OUTCOMES:
        raise Refused("disposition: name")
    until, rules = leaf["u"], leaf["r"]
    if until is not None and not (isinstance(until, str) and is_day(until)):
        raise Refused("disposition: day")
    if not isinstance(rules, list) or not all(_is_code(code) for code in (*rules, leaf["w"])):
        raise Refused("disposition: code")
    return Disposition(leaf["i"], leaf["d"])


def _is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}", value) is not None
