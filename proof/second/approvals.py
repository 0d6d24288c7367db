# SPDX-License-Identifier: Apache-2.0
"""Who had to sign the plan, and whether they did: officers, delegates, quorum."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from envelope import read_envelope, verify_envelope
from history import History
from note import Key
from openssl import OpenSSL
from refuse import CannotCheck, Refused
from report import Steps
from strict import has_exactly, is_day, is_instant, parse_canonical

PAYLOAD = "application/vnd.shanhou.approval+json"
APPROVAL, DELEGATION = "shanhou-plan-approval/1", "shanhou-delegation/1"
DEPARTMENTS = ("legal", "it", "liquidation")


class Officer(NamedTuple):
    id: str
    department: str
    label: str
    publicKey: str


def check_approvals(history: History, case: str, key: Key, openssl: OpenSSL, steps: Steps) -> None:
    """The quorum signed the digest, each person once, and nobody by whom or for whom the plan was prepared. Raises Refused."""
    plan, approved = history.body("plan.compiled"), history.body("plan.approved")
    digest, preparer = plan.get("digest"), plan.get("preparedBy")
    if not isinstance(digest, str) or not isinstance(preparer, str):
        raise Refused("plan")
    if approved.get("digest") != digest or approved.get("preparedBy") != preparer:
        raise Refused("digest")
    officers = _officers(approved.get("officers"))
    if not isinstance(approved.get("approvals"), list) or any(officer.publicKey == key.public.hex() for officer in officers.values()):
        raise Refused("officers")
    delegations = _delegations(approved.get("delegations", []), officers, case, openssl, steps)
    signed: Counter[str] = Counter()
    heard: set[str] = set()
    for approval in approved["approvals"]:
        signer, payload = _signed(approval, officers, openssl, steps)
        principal = _officer(officers, payload.get("onBehalfOf", signer.id))
        people = {signer.id, principal.id}
        if preparer in (*people, signer.label, principal.label):
            raise Refused("signed by who prepared the plan")
        meant = {"planDigest": digest, "caseCode": case, "officer": signer.id, "department": principal.department}
        if payload.get("kind", APPROVAL) != APPROVAL or any(payload.get(field) != value for field, value in meant.items()):
            raise Refused(f"{signer.label} signed something else")
        if signer != principal and not any(_runs(lent, principal, signer, payload.get("at")) for lent in delegations):
            raise Refused(f"{signer.label} had no delegation")
        if people & heard:
            raise Refused(f"{signer.label} signed twice")
        heard |= people
        signed[principal.department] += 1
    for department, number in _quorum(plan.get("parts")):
        if signed[department] < number:
            raise Refused(f"{department} has not signed")


def _quorum(parts: object) -> list[tuple[str, float]]:
    """One of each department, and what the facts of the plan ask for besides: more, never fewer."""
    facts = parts.get("facts") if isinstance(parts, dict) else None
    asked = facts.get("quorum") if isinstance(facts, dict) else None
    numbers = asked.items() if isinstance(asked, dict) else ()
    return [*((department, 1) for department in DEPARTMENTS), *((name, n) for name, n in numbers if type(n) in (int, float))]


def _officers(value: object) -> dict[str, Officer]:
    """Officers by id; ids, labels and keys are each used once."""
    if not isinstance(value, list):
        raise Refused("officers")
    officers: dict[str, Officer] = {}
    used = set()
    for said in value:
        if not has_exactly(said, "id department label publicKey") or not all(isinstance(text, str) for text in said.values()):
            raise Refused("officers")
        own = {(field, said[field]) for field in ("id", "label", "publicKey")}
        # Ed25519, or a point of SM2's curve.
        if not re.fullmatch(r"[0-9a-f]{64}|04[0-9a-f]{128}", said["publicKey"]) or own & used:
            raise Refused("officers")
        used |= own
        officers[said["id"]] = Officer(**said)
    return officers


def _officer(officers: dict[str, Officer], officer_id: object) -> Officer:
    if not isinstance(officer_id, str) or officer_id not in officers:
        raise Refused("unknown officer")
    return officers[officer_id]


def _signed(value: object, officers: dict[str, Officer], openssl: OpenSSL, steps: Steps) -> tuple[Officer, dict]:
    """Who signed an envelope, and what. A signature that cannot be verified here leaves the step open."""
    envelope = read_envelope(value, PAYLOAD)
    signer = _officer(officers, envelope.keyid)
    try:
        verify_envelope(envelope, bytes.fromhex(signer.publicKey), openssl)
    except CannotCheck as error:
        steps.missing("approvals", str(error))
    payload = parse_canonical(envelope.payload, "approval")
    if not isinstance(payload, dict):
        raise Refused("approval")
    return signer, payload


def _delegations(value: object, officers: dict[str, Officer], case: str, openssl: OpenSSL, steps: Steps) -> list[dict]:
    """Each signed by the officer who gives it, for that officer's department."""
    if not isinstance(value, list):
        raise Refused("delegations")
    found = []
    for given in value:
        signer, payload = _signed(given, officers, openssl, steps)
        meant = {"kind": DELEGATION, "caseCode": case, "officer": signer.id, "department": signer.department}
        if any(payload.get(field) != said for field, said in meant.items()):
            raise Refused(f"delegation of {signer.label}")
        found.append(payload)
    return found


def _runs(lent: dict, giver: Officer, taker: Officer, at: object) -> bool:
    """It was given before the approval, whose instant is not after its last day in Shanghai, which ends at 16:00 UTC."""
    since, until = lent.get("at"), lent.get("until")
    if (lent["officer"], lent.get("to")) != (giver.id, taker.id):
        return False
    if not is_instant(since) or not is_instant(at) or not isinstance(until, str) or not is_day(until):
        return False
    return since <= at < f"{until}T16:00:00"
