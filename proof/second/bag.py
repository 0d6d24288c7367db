# SPDX-License-Identifier: Apache-2.0
"""The container: a BagIt 1.0 bag (RFC 8493) in one spelling, with files that the format knows and no other."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from typing import Iterator

from refuse import Refused
from strict import text_of

BAGIT_TXT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAGS = ("bag-info.txt", "bagit.txt", "manifest-sha512.txt")
TAG_MANIFEST = "tagmanifest-sha512.txt"
STAMPS = "data/timestamps/"
REQUIRED = """data/README.zh.md data/README.en.md data/case.json data/policy data/log/checkpoint data/inventory/datasets.json
    data/plan/data-map.yaml data/plan/rules.json data/plan/plan.json data/reports/verification.json""".split()
OPTIONAL = re.compile(
    r"data/(?:log/entries/[0-9]{6}\.ndjson"
    r"|inventory/commitments-[0-9]{6}\.bin"
    r"|reports/[a-z0-9][a-z0-9-]{0,63}\.json"
    r"|archive/[A-Za-z0-9][A-Za-z0-9._-]{0,127}\.json"
    r"|verifier/[a-z][a-z0-9_]{0,39}\.py"
    r"|timestamps/(?:list|[a-z0-9][a-z0-9-]{0,39}\.(?:tsr|tsq|pem|crl)))"
)
PIECE = 1024 * 1024
MAX_WHOLE = 32 * 1024 * 1024
MAX_LINE = 16 * 1024 * 1024


class Bag:
    """The files of a bundle folder."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.payload: list[str] = []
        self.entries: list[str] = []
        self.commitments: list[str] = []
        self.info: dict[str, str] = {}

    def names(self) -> list[str]:
        """Every name that is no folder, hidden ones too; what is no plain file gets an `@` and is thereby unknown."""
        found = []
        folders = [""]
        while folders:
            folder = folders.pop()
            with os.scandir(os.path.join(self.root, folder)) as items:
                for item in items:
                    name = folder + item.name
                    if item.is_dir(follow_symlinks=False):
                        folders.append(name + "/")
                    else:
                        found.append(name if item.is_file(follow_symlinks=False) else name + "@")
        return sorted(found)

    def pieces(self, path: str) -> Iterator[bytes]:
        with open(os.path.join(self.root, path), "rb") as file:
            while piece := file.read(PIECE):
                yield piece

    def whole(self, path: str) -> bytes:
        """A small file."""
        with open(os.path.join(self.root, path), "rb") as file:
            data = file.read(MAX_WHOLE + 1)
        if len(data) > MAX_WHOLE:
            raise Refused(f"{path}: too large")
        return data

    def lines(self, path: str) -> Iterator[bytes]:
        """Lines without their newline; an empty line, a last line without newline, one above 16 MiB are refused."""
        with open(os.path.join(self.root, path), "rb") as file:
            while line := file.readline(MAX_LINE + 2):
                if line[-1:] != b"\n" or len(line) < 2 or len(line) > MAX_LINE + 1:
                    raise Refused(f"{path}: line")
                yield line[:-1]

    def digest(self, path: str, algorithm: str) -> tuple[str, int]:
        """Hex digest and size of a file."""
        hashed = hashlib.new(algorithm)
        size = 0
        for piece in self.pieces(path):
            hashed.update(piece)
            size += len(piece)
        return hashed.hexdigest(), size

    def check(self) -> None:
        """The step `container`. Raises Refused."""
        names = self.names()
        tags = (*TAGS, TAG_MANIFEST)
        self.payload = [name for name in names if name not in tags]
        unknown = [name for name in self.payload if name not in REQUIRED and not OPTIONAL.fullmatch(name)]
        if unknown:
            raise Refused(f"unknown file {printable(unknown[0])}")
        self.entries = [name for name in self.payload if name.startswith("data/log/entries/")]
        self.commitments = [name for name in self.payload if name.endswith(".bin")]
        wanted = [f"data/log/entries/{n:06}.ndjson" for n in range(max(1, len(self.entries)))]
        wanted += [f"data/inventory/commitments-{n:06}.bin" for n in range(len(self.commitments))]
        for name in (*tags, *REQUIRED, *wanted):
            if name not in names:
                raise Refused(f"missing file {name}")
        self._check_tags()

    def _check_tags(self) -> None:
        """Tag files are, byte for byte, what the payload gives: whatever else they said would be somebody else's word."""
        total = 0
        lines = {}
        for path in self.payload:
            lines[path], size = self.digest(path, "sha512")
            total += size
        if self.whole("bagit.txt") != BAGIT_TXT.encode():
            raise Refused("bagit.txt")
        info = self.whole("bag-info.txt")
        self.info = read_info(info)
        if self.info["Payload-Oxum"] != f"{total}.{len(self.payload)}":
            raise Refused("changed file bag-info.txt")
        said = parse_manifest(self.whole("manifest-sha512.txt"), 128, True)
        for path in {**said, **lines}:
            if said.get(path) != lines.get(path):
                raise Refused(f"changed file {printable(path)}")
        manifest = render_manifest(lines)
        texts = {"bag-info.txt": info, "bagit.txt": BAGIT_TXT.encode(), "manifest-sha512.txt": manifest}
        tag_lines = {name: hashlib.sha512(texts[name]).hexdigest() for name in TAGS}
        if self.whole("manifest-sha512.txt") != manifest or self.whole(TAG_MANIFEST) != render_manifest(tag_lines):
            raise Refused("manifest")


def read_info(data: bytes) -> dict[str, str]:
    """bag-info.txt: four elements in this order, each on one line."""
    lines = text_of(data, "bag-info.txt").split("\n")
    keys = ("Bag-Software-Agent", "Bagging-Date", "External-Identifier", "Payload-Oxum")
    if len(lines) != 5 or lines[4] != "" or any(not line.startswith(f"{key}: ") for key, line in zip(keys, lines)):
        raise Refused("bag-info.txt")
    info = {key: line[len(key) + 2 :] for key, line in zip(keys, lines)}
    if info["Bag-Software-Agent"] != "shanhou" or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", info["Bagging-Date"]):
        raise Refused("bag-info.txt")
    if not info["External-Identifier"]:
        raise Refused("bag-info.txt")
    return info


def render_manifest(lines: dict[str, str]) -> bytes:
    """Sorted by path, two spaces, LF."""
    return "".join(f"{lines[path]}  {path}\n" for path in sorted(lines)).encode()


def parse_manifest(data: bytes, digits: int, payload: bool) -> dict[str, str]:
    """Path to digest, as RFC 8493 section 2.1.3 lets a manifest be; refused: a path twice (RFC 8493 section 5.1.2 speaks of case
    and Unicode forms), a path out of the bag, a digest of another length."""
    lines: dict[str, str] = {}
    seen = set()
    for line in re.split(r"\r\n|\n|\r", text_of(data, "manifest")):
        if line == "":
            continue
        match = re.fullmatch(r"([0-9A-Fa-f]+)[ \t]+\*?([^\r\n]+)", line)
        if not match or len(match[1]) != digits:
            raise Refused("manifest line")
        path = re.sub(r"%(0[AaDd]|25)", lambda m: chr(int(m[1], 16)), match[2])
        if not _inside(path, payload):
            raise Refused("manifest: path outside the bag")
        form = unicodedata.normalize("NFC", path).lower()
        if form in seen:
            raise Refused("manifest: path twice")
        seen.add(form)
        lines[path] = match[1].lower()
    return lines


def _inside(path: str, payload: bool) -> bool:
    if "\\" in path or path.startswith("~") or re.match(r"[A-Za-z]:", path):
        return False
    parts = (path[2:] if path.startswith("./") else path).split("/")
    if any(part in ("", ".", "..") for part in parts):
        return False
    return (parts[0] == "data") == payload and (len(parts) > 1 or not payload)


def printable(name: str) -> str:
    """A name from outside, shown without control characters."""
    return re.sub(r"[^ -~]", "?", name)[:120]
