# SPDX-License-Identifier: Apache-2.0
"""The trust file: what the reader trusts, from a place that is not the bundle."""

from __future__ import annotations

import re
from typing import NamedTuple, Optional

from der import Certificate, pem_blocks
from note import parse_vkey
from refuse import Refused


class Authority(NamedTuple):
    name: str
    # OID that its tokens must state; None: any.
    policy: Optional[str]
    roots: list[Certificate]


class Trust(NamedTuple):
    # Fingerprints.
    logs: list[str]
    quorum: int
    authorities: list[Authority]


NOTHING = Trust([], 2, [])


def fingerprint_of(anchor: str) -> str:
    """The fingerprint of a log key that is given as such or as a verifier key. Raises Refused."""
    try:
        return anchor if re.fullmatch(r"[0-9a-f]{64}", anchor) else parse_vkey(anchor).fingerprint
    except UnicodeEncodeError as error:
        raise Refused("vkey") from error


def parse_trust(text: str) -> Trust:
    """Lines `log VKEY`, `quorum N`, `authority NAME [POLICY-OID]` with its roots in PEM below, `#` comments. Raises Refused."""
    logs: list[str] = []
    quorum: list[int] = []
    heads: list[list[str]] = []
    roots: list[list[str]] = []
    in_block = False
    for line in re.split(r"\r?\n", text):
        words = line.split()
        begins = line.startswith("-----BEGIN ")
        if in_block or begins:
            if not roots:
                raise Refused("certificate before authority")
            roots[-1].append(line)
            in_block = not line.startswith("-----END ")
        elif not words or words[0].startswith("#"):
            continue
        elif words[0] == "log" and len(words) == 2:
            logs.append(parse_vkey(words[1]).fingerprint)
        elif words[0] == "quorum" and not quorum and re.fullmatch(r"quorum [1-9]", " ".join(words)):
            quorum.append(int(words[1]))
        elif words[0] == "authority" and len(words) in (2, 3):
            heads.append(words[1:])
            roots.append([])
        else:
            raise Refused(words[0][:40])
    if in_block:
        raise Refused("certificate")
    authorities = [_authority(head, "\n".join(lines)) for head, lines in zip(heads, roots)]
    _check_different(authorities)
    return Trust(logs, quorum[0] if quorum else NOTHING.quorum, authorities)


def _authority(head: list[str], text: str) -> Authority:
    name, policy = head[0], head[1] if len(head) > 1 else None
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name):
        raise Refused(name[:40])
    if policy is not None and not re.fullmatch(r"[0-2](?:\.(?:0|[1-9][0-9]{0,15})){1,30}", policy):
        raise Refused(f"{name}: policy")
    roots = [Certificate(der) for der in pem_blocks(text)]
    if not roots:
        raise Refused(f"{name}: no certificate")
    return Authority(name, policy, roots)


def _check_different(authorities: list[Authority]) -> None:
    """One operator must not count twice: no name twice, no root key under two names."""
    owners: dict[str, str] = {}
    if len({authority.name for authority in authorities}) != len(authorities):
        raise Refused("authority twice")
    for authority in authorities:
        for root in authority.roots:
            if owners.setdefault(root.key, authority.name) != authority.name:
                raise Refused(f"{authority.name} has the root of {owners[root.key]}")
