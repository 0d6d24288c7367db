# SPDX-License-Identifier: Apache-2.0
"""What the program `openssl` does for the checker: Ed25519 (RFC 8032) and X.509."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile

from refuse import CannotCheck

# SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 bytes of the key.
SPKI = bytes.fromhex("302a300506032b6570032100")
P = 2**255 - 19
# y of the points whose order divides 8: with such a key a signature says nothing about its message.
SMALL_ORDER = (
    0,
    1,
    P - 1,
    int.from_bytes(bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"),
    int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"),
)
# RFC 8032 section 7.1, test 2.
KNOWN = (
    bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"),
    b"\x72",
    bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
)


class OpenSSL:
    """Runs `openssl` with files in a folder of its own, which is gone afterwards. An answer is asked for once."""

    def __init__(self) -> None:
        self._program = shutil.which("openssl")
        self._folder = tempfile.TemporaryDirectory(prefix="check-")
        self._answers: dict[bytes, tuple[int, str]] = {}
        self._knows_ed25519: bool | None = None

    def __enter__(self) -> OpenSSL:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def run(self, *args: str, **files: bytes) -> tuple[int, str]:
        """Exit code and everything it said. An argument `@name` stands for the path of the file `name`."""
        if self._program is None:
            raise CannotCheck("openssl not found")
        digests = [part for name, data in files.items() for part in (name.encode(), hashlib.sha256(data).digest())]
        asked = hashlib.sha256(b"\x00".join([*(arg.encode() for arg in args), *digests])).digest()
        if asked not in self._answers:
            if len(self._answers) > 10_000:
                self._answers.clear()
            self._answers[asked] = self._execute(args, files)
        return self._answers[asked]

    def _execute(self, args: tuple[str, ...], files: dict[str, bytes]) -> tuple[int, str]:
        for name, data in files.items():
            with open(os.path.join(self._folder.name, name), "wb") as out:
                out.write(data)
        command = [os.path.join(self._folder.name, arg[1:]) if arg.startswith("@") else arg for arg in args]
        # A configuration of this computer must not change what is believed.
        environment = {**os.environ, "OPENSSL_CONF": os.devnull, "LC_ALL": "C"}
        try:
            done = subprocess.run(
                [str(self._program), *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=environment,
                timeout=60,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotCheck(f"openssl {args[0]} did not run") from error
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def require(self) -> None:
        """Raises CannotCheck where this openssl does not know Ed25519 (before version 3, LibreSSL): shown by a known answer."""
        if self._knows_ed25519 is None:
            known, text, good = KNOWN
            self._knows_ed25519 = self._verify(known, text, good) and not self._verify(known, b"\x73", good)
        if not self._knows_ed25519:
            raise CannotCheck("this openssl does not verify Ed25519 (version 3 does)")

    def ed25519(self, key: bytes, message: bytes, signature: bytes) -> bool:
        """RFC 8032 section 5.1.7. Raises CannotCheck."""
        self.require()
        y = int.from_bytes(key, "little") & (2**255 - 1)
        if len(key) != 32 or len(signature) != 64 or y >= P or y in SMALL_ORDER:
            return False
        return self._verify(key, message, signature)

    def _verify(self, key: bytes, message: bytes, signature: bytes) -> bool:
        code, said = self.run(
            *"pkeyutl -verify -pubin -keyform DER -inkey @key -rawin -in @message -sigfile @signature".split(),
            key=SPKI + key,
            message=message,
            signature=signature,
        )
        return code == 0 and "Verified Successfully" in said
