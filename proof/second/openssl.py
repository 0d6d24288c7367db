# SPDX-License-Identifier: Apache-2.0
"""What the program `openssl` does for the checker: Ed25519 (RFC 8032), SM2 over SM3 (GB/T 32918) and X.509."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile

from der import INTEGER, SEQUENCE, parse
from refuse import CannotCheck, Refused

# SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 bytes of the key.
SPKI = bytes.fromhex("302a300506032b6570032100")
# The same of SM2's curve (GB/T 32918.5; RFC 5480 section 2) up to the 65 bytes of the uncompressed point.
SM2_SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")
# The user id of those who agreed on no other (GM/T 0009).
SM2_OPTIONS = ("-digest", "sm3", "-pkeyopt", "distid:1234567812345678")
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
# GB/T 32918.5 annex A: the signature with the recommended curve.
KNOWN_SM2 = (
    bytes.fromhex(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    ),
    b"message digest",
    bytes.fromhex(
        "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    ),
)


class OpenSSL:
    """Runs `openssl` with files in a folder of its own, which is gone afterwards. An answer is asked for once."""

    def __init__(self) -> None:
        self._program = shutil.which("openssl")
        self._folder = tempfile.TemporaryDirectory(prefix="check-")
        self._answers: dict[bytes, tuple[int, str]] = {}
        self._knows_ed25519: bool | None = None
        self._knows_sm2: bool | None = None

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
            self._knows_ed25519 = self._verify(SPKI + known, text, good) and not self._verify(SPKI + known, b"\x73", good)
        if not self._knows_ed25519:
            raise CannotCheck("this openssl does not verify Ed25519 (version 3 does)")

    def ed25519(self, key: bytes, message: bytes, signature: bytes) -> bool:
        """RFC 8032 section 5.1.7. Raises CannotCheck."""
        self.require()
        y = int.from_bytes(key, "little") & (2**255 - 1)
        if len(key) != 32 or len(signature) != 64 or y >= P or y in SMALL_ORDER:
            return False
        return self._verify(SPKI + key, message, signature)

    def sm2(self, key: bytes, message: bytes, signature: bytes) -> bool:
        """GB/T 32918.2 with SM3; the signature is DER of r and s, in one spelling. Raises CannotCheck: some builds of openssl leave SM2 out."""
        if self._knows_sm2 is None:
            known, text, good = KNOWN_SM2
            self._knows_sm2 = self._verify_sm2(known, text, good) and not self._verify_sm2(known, b"message digesu", good)
        if not self._knows_sm2:
            raise CannotCheck("this openssl does not verify SM2")
        return len(key) == 65 and key[0] == 4 and _is_pair(signature) and self._verify_sm2(key, message, signature)

    def _verify_sm2(self, key: bytes, message: bytes, signature: bytes) -> bool:
        return self._verify(SM2_SPKI + key, message, signature, SM2_OPTIONS)

    def _verify(self, spki: bytes, message: bytes, signature: bytes, options: tuple[str, ...] = ()) -> bool:
        code, said = self.run(
            *"pkeyutl -verify -pubin -keyform DER -inkey @key -rawin -in @message -sigfile @signature".split(),
            *options,
            key=spki,
            message=message,
            signature=signature,
        )
        return code == 0 and "Verified Successfully" in said


def _is_pair(signature: bytes) -> bool:
    """DER of a SEQUENCE of two positive INTEGERs, each in shortest form: the same numbers have no second spelling."""
    try:
        pair = parse(signature, "signature")
        numbers = pair.kids if pair.tag == SEQUENCE else []
    except Refused:
        return False
    return len(numbers) == 2 and all(
        number.tag == INTEGER
        and number.body[:1] != b""
        and number.body[0] < 128
        and not (len(number.body) > 1 and number.body[0] == 0 and number.body[1] < 128)
        for number in numbers
    )
