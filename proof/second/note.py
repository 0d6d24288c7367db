# SPDX-License-Identifier: Apache-2.0
"""C2SP signed-note, tlog-checkpoint and tlog-policy, one spelling each: one log, one key, one Ed25519 signature."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from typing import NamedTuple

from openssl import OpenSSL
from refuse import Refused
from strict import SAFE, base64_bytes, text_of

DEMO_WARNING = "# DEMO ANCHOR: this key was made by a demonstration and vouches for nothing outside it.\n"


class Key(NamedTuple):
    name: str
    public: bytes
    # SHA-256(name, newline, 0x01, key) in hex; the key ID is its first eight digits.
    fingerprint: str

    @property
    def id(self) -> str:
        return self.fingerprint[:8]


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes


def is_key_name(name: str) -> bool:
    """Not empty, without Unicode spaces, plus signs and control characters."""
    return name != "" and not any(c in "+\ufeff" or c.isspace() or c < " " or c == "\x7f" or unicodedata.category(c)[0] == "Z" for c in name)


def parse_vkey(text: str) -> Key:
    """`<name>+<key id>+<base64(0x01, key)>`."""
    match = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", text)
    if not match or not is_key_name(match[1]):
        raise Refused("vkey")
    data = base64_bytes(match[3], "vkey")
    if len(data) != 33 or data[0] != 1:
        raise Refused("vkey: type")
    key = Key(match[1], data[1:], hashlib.sha256(match[1].encode() + b"\n" + data).hexdigest())
    if key.id != match[2]:
        raise Refused("vkey: key id")
    return key


def parse_policy(data: bytes) -> Key:
    """data/policy: a comment, for a demonstration a warning, the log's key, no quorum of witnesses."""
    text = text_of(data, "policy")
    match = re.search(r"^log ([^ \n]+)$", text, re.MULTILINE)
    if not match:
        raise Refused("policy")
    key = parse_vkey(match[1])
    warning = DEMO_WARNING if is_demo(key.name) else ""
    if text != f"# Compare this key with the fingerprint published outside this bundle.\n{warning}log {match[1]}\nquorum none\n":
        raise Refused("policy: spelling")
    return key


def is_demo(name: str) -> bool:
    """A segment `demo` behind the first one."""
    return "demo" in name.split("/")[1:]


def log_origin(code: str, demo: bool) -> str:
    return f"shanhou.example/{'demo' if demo else 'case'}/{code}"


class Note(NamedTuple):
    text: str
    signature: bytes


def read_note(data: bytes, key: Key, what: str) -> Note:
    """Text, an empty line, one signature line of this key, nothing else. The signature is not verified here."""
    source = text_of(data, what)
    text, gap, line = source.rpartition("\n\n")
    start = f"\u2014 {key.name} "
    if not gap or not line.startswith(start) or not line.endswith("\n") or "\n" in line[:-1]:
        raise Refused(f"{what}: note")
    blob = base64_bytes(line[len(start) : -1], what)
    if blob[:4].hex() != key.id:
        raise Refused(f"{what}: key id")
    if any(c < " " and c != "\n" for c in text):
        raise Refused(f"{what}: control character")
    return Note(f"{text}\n", blob[4:])


def verify_note(note: Note, key: Key, openssl: OpenSSL, what: str) -> None:
    """Raises Refused, or CannotCheck."""
    if not openssl.ed25519(key.public, note.text.encode(), note.signature):
        raise Refused(f"{what}: signature")


def read_checkpoint(note: Note, key: Key) -> Checkpoint:
    """Origin, size, root, one a line; extension lines are refused."""
    match = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n", note.text)
    if not match or match[1] != key.name or int(match[2]) > SAFE:
        raise Refused("checkpoint")
    root = base64_bytes(match[3], "checkpoint")
    if len(root) != 32:
        raise Refused("checkpoint: root")
    return Checkpoint(match[1], int(match[2]), root)


def read_list(note: Note, key: Key) -> dict[str, str]:
    """data/timestamps/list: `<log name>/timestamps`, then SHA-256 and name of every other file there, sorted by name."""
    first, *lines = note.text[:-1].split("\n")
    files = {}
    for line in lines:
        match = re.fullmatch(r"([0-9a-f]{64})  ([a-z0-9.-]+)", line)
        if not match or match[2] in files:
            raise Refused("list")
        files[match[2]] = match[1]
    if first != f"{key.name}/timestamps" or list(files) != sorted(files) or not files:
        raise Refused("list")
    return files


def vkey_text(key: Key) -> str:
    return f"{key.name}+{key.id}+{base64.b64encode(bytes([1]) + key.public).decode()}"
