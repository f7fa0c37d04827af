"""Seals the telephone numbers of customers with a key that is not in the database.

The key is in a file beside the database, so a copy of the database alone opens no number. A
number is sealed with AES-GCM for the row of its customer, and opens for no other row. It is found
again by a keyed hash, another one for each seller: customers of two sellers cannot be compared.
"""

import base64
import contextlib
import hmac
import json
import os
import secrets
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.errors import JualDuluError

__all__ = ["KEY_SUFFIX", "NoNumberKeyError", "NumberKeys"]

KEY_SUFFIX: Final = ".key"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
FILE_BYTES_MAX: Final = 4096
FORM: Final = "1:"
"""Begins every sealed number, so that another form can follow."""

KeyState: TypeAlias = Literal["none", "ready", "damaged"]


class NoNumberKeyError(JualDuluError):
    """There is no key to seal a number with."""


class NumberKeys:
    """The key of the running bot; without a file it lasts as long as the process.

    Attributes:
        state: `none` where there is no file, `damaged` where it cannot be read.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._key = b""
        self.state: KeyState = "none"
        if file is not None:
            self._read(file)

    def make(self) -> None:
        """Make the key, unless there is one; it is on disk when this returns.

        Raises:
            NoNumberKeyError: the file is there and damaged: a new key would open nothing.
            OSError: the file cannot be written.
        """
        if self._file is not None:
            self._read(self._file)
        if self.state == "damaged":
            raise NoNumberKeyError("the key file is damaged")
        if self.state == "none":
            key = secrets.token_bytes(KEY_BYTES)
            if self._file is not None:
                _write(self._file, key)
            self._key, self.state = key, "ready"

    def seal(self, number: str, customer_id: int) -> str:
        """Returns a number that only this key opens, and only for this customer.

        Raises:
            NoNumberKeyError: there is no key.
        """
        return self._sealed(number, f"customer {customer_id}")

    def open(self, sealed: str, customer_id: int) -> str | None:
        """Returns a sealed number; None if this key does not open it for this customer."""
        return self._opened(sealed, f"customer {customer_id}")

    def seal_contacts(self, contacts: str, user_id: int) -> str:
        """Returns the contacts of a file that an account has sent, sealed for that account.

        Raises:
            NoNumberKeyError: there is no key.
        """
        return self._sealed(contacts, f"contacts {user_id}")

    def open_contacts(self, sealed: str, user_id: int) -> str | None:
        """Returns sealed contacts; None if this key does not open them for this account."""
        return self._opened(sealed, f"contacts {user_id}")

    def digest(self, number: str, member_id: int) -> str:
        """Returns what a number of this seller's customers is found by.

        Raises:
            NoNumberKeyError: there is no key.
        """
        told = f"{member_id}:{number}".encode()
        return hmac.digest(self._part("find"), told, sha256).hex()

    def _sealed(self, plain: str, bound: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self._part("seal")).encrypt(nonce, plain.encode(), bound.encode())
        return FORM + base64.b64encode(nonce + sealed).decode("ascii")

    def _opened(self, sealed: str, bound: str) -> str | None:
        if self.state != "ready" or not sealed.startswith(FORM):
            return None
        try:
            packed = base64.b64decode(sealed.removeprefix(FORM), validate=True)
            nonce, body = packed[:NONCE_BYTES], packed[NONCE_BYTES:]
            return AESGCM(self._part("seal")).decrypt(nonce, body, bound.encode()).decode()
        except (InvalidTag, ValueError):
            return None

    def _part(self, purpose: str) -> bytes:
        """Returns the key of one purpose, made from the key of the file."""
        if self.state != "ready":
            raise NoNumberKeyError("there is no key of customers' numbers")
        return hmac.digest(self._key, f"customers: {purpose}".encode(), sha256)

    def _read(self, file: Path) -> None:
        if self.state == "ready":
            return
        try:
            with file.open("rb") as opened:
                stored = json.loads(opened.read(FILE_BYTES_MAX))
            key = bytes.fromhex(stored["key"])
        except FileNotFoundError:
            self.state = "none"
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            self.state = "damaged"
        else:
            self._key = key
            self.state = "ready" if len(key) == KEY_BYTES else "damaged"


def _write(file: Path, key: bytes) -> None:
    """Write the file; it is complete and on disk when this returns, or it is not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(json.dumps({"key": key.hex()}) + "\n")
            opened.flush()
            os.fsync(descriptor)
        part.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
