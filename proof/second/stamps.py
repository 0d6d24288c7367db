# SPDX-License-Identifier: Apache-2.0
"""The step `timestamp`: tokens over data/log/checkpoint, judged at their own time by openssl with the reader's roots."""

from __future__ import annotations

import hashlib
from typing import NamedTuple, Optional

from bag import STAMPS, Bag
from der import SEQUENCE, Certificate, ENUMERATED, Node, parse, pem, pem_blocks, time_of
from note import Key, is_demo, read_list, read_note, verify_note
from openssl import OpenSSL
from refuse import CannotCheck, Refused
from report import Steps
from strict import text_of
from token_file import Token, read_query, read_response
from trust import Authority, Trust

SHA2 = {f"2.16.840.1.101.3.4.2.{n}" for n in (1, 2, 3)}
# RSA (PKCS #1, PSS) and ECDSA with SHA-2.
SIGNATURES = {f"1.2.840.113549.1.1.{n}" for n in (1, 10, 11, 12, 13)} | {f"1.2.840.10045.4.3.{n}" for n in (2, 3, 4)}
# RFC 3161 section 4: revoked for one of these reasons, older tokens stay good. affiliationChanged, superseded, cessationOfOperation.
HARMLESS = (3, 4, 5)

# What openssl says of certificates above the signer's. Nobody asked about those of an authority that the reader does not know.
ABOVE = ("CA certificate", "path length", "unable to get")


class Unsupported(Exception):
    """An algorithm that is not checked here."""


class Stamp(NamedTuple):
    token: Token
    signer: Certificate
    demo: bool


def check_stamps(bag: Bag, key: Key, trust: Trust, openssl: OpenSSL, steps: Steps) -> dict:
    """Settles the step and returns its part of the report. Raises Refused for a list that is not the log's."""
    paths = [path for path in bag.payload if path.startswith(STAMPS)]
    report = {"quorum": trust.quorum, "counted": 0, "given": len(trust.authorities), "tokens": []}
    if paths:
        _check_list(bag, paths, key, openssl, steps)
        if steps.states.get("timestamp", ("", ""))[0] == "failed":
            return report
    names = [path[len(STAMPS) : -4] for path in paths if path.endswith(".tsr")]
    seen: set[str] = set()
    tokens = [_check_token(bag, paths, name, trust, openssl, steps, seen) for name in names]
    tokens += [_row(authority.name, "absent") for authority in trust.authorities if authority.name not in names]
    counted = sum(token["state"] == "counted" for token in tokens)
    if counted >= trust.quorum:
        steps.passed("timestamp")
    else:
        lacking = [f"{token['name']}: {token['state']}" for token in tokens if token["state"] != "counted"]
        lacking += [] if trust.authorities else ["no authority given"]
        steps.missing("timestamp", "; ".join([f"{counted} of {trust.quorum}", *lacking]))
    return {**report, "counted": counted, "tokens": tokens}


def _check_list(bag: Bag, paths: list[str], key: Key, openssl: OpenSSL, steps: Steps) -> None:
    """The log's key signed the list; it names every other file there is, and each belongs to a token."""
    with steps.guard("timestamp"):
        if f"{STAMPS}list" not in paths:
            raise Refused("list")
        note = read_note(bag.whole(f"{STAMPS}list"), key, "list")
        try:
            verify_note(note, key, openssl, "list")
        except CannotCheck as error:
            steps.missing("timestamp", str(error))
        listed = read_list(note, key)
        found = {path[len(STAMPS) :]: bag.digest(path, "sha256")[0] for path in paths if path != f"{STAMPS}list"}
        if listed != found:
            raise Refused("list: " + ", ".join(sorted(name for name in {**listed, **found} if listed.get(name) != found.get(name))))
        alone = [name for name in found if f"{name.rpartition('.')[0]}.tsr" not in found]
        if alone:
            raise Refused(f"{alone[0]} without a token")


def _row(name: str, state: str, stamp: Optional[Stamp] = None) -> dict:
    row = {"name": name, "state": state, "at": None, "policy": None, "signer": None, "demo": False}
    if stamp is None:
        return row
    at = stamp.token.at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{stamp.token.at.microsecond // 1000:03}Z"
    return {**row, "at": at, "policy": stamp.token.policy, "signer": stamp.signer.holder(), "demo": stamp.demo}


def _check_token(bag: Bag, paths: list[str], name: str, trust: Trust, openssl: OpenSSL, steps: Steps, seen: set[str]) -> dict:
    authority = next((a for a in trust.authorities if a.name == name), None)
    files = {end: bag.whole(f"{STAMPS}{name}.{end}") if f"{STAMPS}{name}.{end}" in paths else None for end in ("tsr", "tsq", "pem", "crl")}
    try:
        stamp = verify_stamp(files, bag.whole("data/log/checkpoint"), authority, openssl)
    except (Refused, IndexError, ValueError) as error:
        steps.fail("timestamp", f"{name}: {error if isinstance(error, Refused) else 'form'}")
        return _row(name, "wrong")
    except Unsupported:
        return _row(name, "unsupported")
    except CannotCheck as error:
        # It might be wrong: so the step stays open, whatever the other tokens are.
        steps.missing("timestamp", f"{name}: {error}")
        return _row(name, "unsupported")
    if authority is None:
        return _row(name, "no-anchor", stamp)
    again = stamp.signer.key in seen
    seen.add(stamp.signer.key)
    return _row(name, "same-signer" if again else "counted", stamp)


def verify_stamp(files: dict[str, Optional[bytes]], data: bytes, authority: Optional[Authority], openssl: OpenSSL) -> Stamp:
    """Raises Refused with what is wrong with the token, Unsupported, CannotCheck."""
    openssl.require()
    token = read_response(files["tsr"] or b"")
    imprint = hashlib.sha256(data).digest()
    query = None if files["tsq"] is None else read_query(files["tsq"])
    if token.imprint != imprint:
        raise Refused("imprint")
    if query and query.imprint != imprint:
        raise Refused("query")
    if query and query.nonce is not None and query.nonce != token.nonce:
        raise Refused("nonce")
    wanted = (authority.policy if authority else None) or (query.policy if query else None)
    if wanted is not None and wanted != token.policy:
        raise Refused("policy")
    if token.algorithms[0] not in SHA2 or token.algorithms[1] not in SIGNATURES:
        raise Unsupported(", ".join(token.algorithms))
    if not token.attributes_right:
        raise Refused("signature")
    beside = [Certificate(der) for der in pem_blocks(text_of(files["pem"], "chain"))] if files["pem"] is not None else []
    known = [*token.certificates, *beside]
    signer = next((c for c in known if _names(token.signer, c)), None)
    if signer is None:
        raise Refused("signature: no signer")
    roots = authority.roots if authority else []
    above = _above(signer, [*known, *roots])
    _ask_openssl(files["tsr"] or b"", data, token, authority, known, openssl)
    for certificate in (c for c in above if c.der not in {root.der for root in roots}):
        if certificate.algorithm not in SIGNATURES:
            raise Unsupported(certificate.algorithm)
    if files["crl"] is not None and all(signer.der != root.der for root in roots) and authority:
        _check_revocation(files["crl"], signer, above, token, openssl)
    # An organisation that is a demonstration's key name.
    demo = any(is_demo(c.name("2.5.4.10") or "") for c in above)
    return Stamp(token, signer, demo)


def _names(signer: Node, certificate: Certificate) -> bool:
    """SignerIdentifier (RFC 5652 section 5.3) by issuer and serial number; RFC 3161 has no other in use."""
    return signer.tag == SEQUENCE and [kid.raw for kid in signer.kids][0] == certificate.issuer and signer.kids[1].body == certificate.serial


def _above(signer: Certificate, known: list[Certificate]) -> list[Certificate]:
    """The signer and every certificate that, by its name, may stand on a path up from it."""
    found = [signer]
    for certificate in found:
        found += [c for c in known if c.subject == certificate.issuer and all(c.der != other.der for other in found)]
    return found


def _ask_openssl(response: bytes, data: bytes, token: Token, authority: Optional[Authority], known: list[Certificate], openssl: OpenSSL) -> None:
    """Signature, signing certificate, key usage, critical extensions, and the path to a root of the authority at the token's own time.
    Without an authority nobody vouches for the token and it counts for nothing: then only that it is whole."""
    files = {"response": response, "data": data, "roots": b"".join(c.pem() for c in (authority.roots if authority else known))}
    args = "ts -verify -in @response -data @data -partial_chain -auth_level 0 -CAfile @roots".split()
    args += ["-attime", str(int(token.at.timestamp()))] if authority else ["-no_check_time"]
    if known:
        args += ["-untrusted", "@chain"]
        files["chain"] = b"".join(c.pem() for c in known)
    code, said = openssl.run(*args, **files)
    if code == 0 and "Verification: OK" in said:
        return
    if "Verification: FAILED" not in said:
        raise CannotCheck("openssl ts does not run here")
    if "unsupported" in said or "unknown" in said.lower() or token.algorithms[1].endswith(".1.1.10"):
        raise CannotCheck("openssl does not know an algorithm")
    reasons = [line.rpartition("Verify error:")[2] for line in said.splitlines() if "Verify error:" in line]
    reason = (reasons or ["verification failed"])[-1][:80]
    if authority is None and any(word in reason for word in ABOVE):
        raise CannotCheck("without the authority's root openssl judges its certificates, too")
    raise Refused(f"openssl: {reason}")


def _check_revocation(der: bytes, signer: Certificate, above: list[Certificate], token: Token, openssl: OpenSSL) -> None:
    """RFC 5280 section 5: the list must be the signer's issuer's own. openssl verifies its signature; which revocation speaks against an
    older token (RFC 3161 section 4) it does not know, so that is read here."""
    try:
        tbs = parse(der, "revocation-list").kid(0, SEQUENCE)
        fields = tbs.kids[1:] if tbs.kids[0].tag == 0x02 else tbs.kids
        issuer, rest = fields[1].raw, [field for field in fields[3:] if field.tag == SEQUENCE]
    except (IndexError, Refused) as error:
        raise Refused("revocation-list") from error
    issuers = [c for c in above[1:] if c.subject == signer.issuer == issuer and _issued(c, signer, openssl)]
    if not any(_signed_list(c, der, openssl) for c in issuers):
        raise Refused("revocation-list")
    for entry in rest[0].kids if rest else []:
        if entry.kids[0].body != signer.serial:
            continue
        if time_of(entry.kids[1]) <= token.at or _reason(entry) not in HARMLESS:
            raise Refused("revoked")


def _issued(issuer: Certificate, signer: Certificate, openssl: OpenSSL) -> bool:
    args = "verify -partial_chain -no_check_time -no-CAfile -no-CApath -trusted @issuer @signer".split()
    return openssl.run(*args, issuer=issuer.pem(), signer=signer.pem())[0] == 0


def _signed_list(issuer: Certificate, der: bytes, openssl: OpenSSL) -> bool:
    code, said = openssl.run(*"crl -in @list -CAfile @issuer -noout".split(), list=pem(der, "X509 CRL"), issuer=issuer.pem())
    return code == 0 and "verify OK" in said


def _reason(entry: Node) -> int:
    """CRLReason (RFC 5280 section 5.3.1); unspecified when it is absent."""
    for extension in entry.kids[2].kids if len(entry.kids) > 2 else []:
        if extension.kids[0].body == bytes.fromhex("551d15"):
            value = parse(extension.kids[-1].body, "revocation-list")
            return value.body[0] if value.tag == ENUMERATED and len(value.body) == 1 else 0
    return 0
