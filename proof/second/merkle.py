# SPDX-License-Identifier: Apache-2.0
"""Merkle trees (RFC 6962 section 2.1, RFC 9162 section 2.1)."""

from __future__ import annotations

from hashlib import sha256

HASH = 32


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """The root of leaves that come one after the other (RFC 9162 section 2.1.2). Memory: one hash for each level."""

    def __init__(self) -> None:
        self.size = 0
        self._stack: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Adds the hash of the next leaf."""
        self._stack.append(leaf)
        self.size += 1
        # As many pairs are complete as the new size has zero bits at its end.
        for _ in range((self.size & -self.size).bit_length() - 1):
            right = self._stack.pop()
            self._stack[-1] = node_hash(self._stack[-1], right)

    def root(self) -> bytes:
        if not self._stack:
            return sha256(b"").digest()
        root = self._stack[-1]
        for left in reversed(self._stack[:-1]):
            root = node_hash(left, root)
        return root


def included(index: int, size: int, leaf: bytes, proof: list[bytes], root: bytes) -> bool:
    """RFC 9162 section 2.1.3.2, said by recursion: the leaf lies left or right of the largest power of two below the size."""
    if not 0 <= index < size or any(len(h) != HASH for h in (leaf, root, *proof)):
        return False
    return _climb(index, size, leaf, list(proof)) == root


def _climb(index: int, size: int, leaf: bytes, proof: list[bytes]) -> bytes | None:
    """The root that the proof leads to, or None when it is too long or too short."""
    if size == 1:
        return leaf if not proof else None
    if not proof:
        return None
    split = 1 << (size - 1).bit_length() - 1
    sibling = proof.pop()
    if index < split:
        left = _climb(index, split, leaf, proof)
        return None if left is None else node_hash(left, sibling)
    right = _climb(index - split, size - split, leaf, proof)
    return None if right is None else node_hash(sibling, right)


def consistent(old: int, new: int, old_root: bytes, new_root: bytes, proof: list[bytes]) -> bool:
    """RFC 9162 section 2.1.4: the tree of `new` leaves continues the tree of `old` leaves."""
    if not 0 <= old <= new or any(len(h) != HASH for h in (old_root, new_root, *proof)):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return False
    return _rebuild(old, new, old_root, True, list(proof)) == (old_root, new_root)


def _rebuild(old: int, new: int, old_root: bytes, whole: bool, proof: list[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots of a subtree, by SUBPROOF (RFC 9162 section 2.1.4.1) run backwards. `whole`: this subtree is the old tree itself."""
    if old == new:
        if whole:
            return None if proof else (old_root, old_root)
        return (proof[0], proof[0]) if len(proof) == 1 else None
    if not proof:
        return None
    split = 1 << (new - 1).bit_length() - 1
    sibling = proof.pop()
    if old <= split:
        left = _rebuild(old, split, old_root, whole, proof)
        return None if left is None else (left[0], node_hash(left[1], sibling))
    right = _rebuild(old - split, new - split, old_root, False, proof)
    return None if right is None else (node_hash(sibling, right[0]), node_hash(sibling, right[1]))
