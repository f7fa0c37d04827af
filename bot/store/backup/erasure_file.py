"""The list of erasures beside the database, and the key by which an erased account is known again.

A copy that is restored may be older than an erasure. The list stays when the database is replaced,
so what was erased is erased again. It names nobody: a member by the number and a hash of the
internal name, an account by its keyed hash. The key is here because it must not be in the database
or in its copies.
"""

import contextlib
import hashlib
import json
import os
import secrets
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Final

from bot.core.errors import SetupError
from bot.store.backup.backup import flush
from bot.store.backup.seal_file import SUFFIX, path_for

__all__ = [
    "DamagedListError",
    "ErasedMember",
    "ErasureBook",
    "ErasureList",
    "add",
    "list_beside",
    "name_hash",
    "read",
]

LIST_SUFFIX: Final = ".erasures"
KEY_BYTES: Final = 32
WAY_OUT: Final = (
    "Put back a copy of this file. Only if there is none, delete it: the next erasure makes a new "
    "one, and suspensions of erased members are forgotten"
)
LIST_BYTES_MAX: Final = 64 * 1024 * 1024


class DamagedListError(SetupError):
    """The list of erasures is damaged; an empty one would let erased people come back."""

    heading = "The list of erasures cannot be read:"


@dataclass(frozen=True, slots=True, order=True)
class ErasedMember:
    """An erased member, as the list has them.

    Attributes:
        member_id: the number, which a restored database may give again.
        name_hash: of the internal name, which is never given again.
        period: the last month for which the member can be paid.
        suspended: whether the membership was suspended when it was left.
        account_key: the keyed hash of the account.
        phone_key: the keyed hash of the phone number.
    """

    member_id: int
    name_hash: str
    period: str
    suspended: bool
    account_key: str
    phone_key: str


@dataclass(frozen=True, slots=True)
class ErasureList:
    """What was erased from one database.

    Attributes:
        key: of the hashes of accounts.
        members: the erased members.
        accounts: the hash of each erased account without a membership, and when, in ISO format.
        customers: the hash of each name of a customer that a seller had forgotten, and when.
    """

    key: bytes
    members: frozenset[ErasedMember] = frozenset()
    accounts: frozenset[tuple[str, str]] = frozenset()
    customers: frozenset[tuple[str, str]] = frozenset()


class ErasureBook:
    """The list of erasures of the running bot; without a file there is none to know again.

    Attributes:
        key: of the hashes of accounts; empty while nothing was ever erased.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        found = None if file is None else read(file)
        self.key = b"" if found is None else found.key

    @property
    def is_new(self) -> bool:
        """Whether there is no list yet."""
        return not self.key

    def add(
        self,
        members: frozenset[ErasedMember] = frozenset(),
        accounts: frozenset[tuple[str, str]] = frozenset(),
        customers: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """Add erasures to the list; on disk when this returns."""
        if self._file is not None:
            self.key = add(self._file, members, accounts, customers).key


def list_beside(url: str) -> Path:
    """Returns the list of the database at `url`: beside its seal."""
    seal = path_for(url)
    return seal.with_name(f"{seal.name.removesuffix(SUFFIX)}{LIST_SUFFIX}")


def name_hash(reference: str) -> str:
    """Returns the hash of a member's internal name."""
    return hashlib.sha256(reference.encode()).hexdigest()


def read(file: Path) -> ErasureList | None:
    """Returns the list; None where there is none.

    Raises:
        DamagedListError: the file cannot be read.
    """
    try:
        with file.open("rb") as opened:
            stored = json.loads(opened.read(LIST_BYTES_MAX))
        return ErasureList(
            bytes.fromhex(stored["key"]),
            frozenset(
                ErasedMember(int(number), str(name), str(period), bool(suspended), *map(str, keys))
                for number, name, period, suspended, *keys in stored["members"]
            ),
            frozenset((str(key), str(at)) for key, at in stored["accounts"]),
            frozenset((str(key), str(at)) for key, at in stored.get("customers", ())),
        )
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DamagedListError([f"{file} is damaged. {WAY_OUT}"]) from None


def add(
    file: Path,
    members: frozenset[ErasedMember] = frozenset(),
    accounts: frozenset[tuple[str, str]] = frozenset(),
    customers: frozenset[tuple[str, str]] = frozenset(),
) -> ErasureList:
    """Add erasures to the list, which is made with a new key if there is none.

    It is on disk when this returns, complete; a killed process leaves the former list.
    """
    before = read(file)
    if before is None:
        before = ErasureList(secrets.token_bytes(KEY_BYTES))
    elif (
        members <= before.members and accounts <= before.accounts and customers <= before.customers
    ):
        return before
    after = replace(
        before,
        members=before.members | members,
        accounts=before.accounts | accounts,
        customers=before.customers | customers,
    )
    _write(file, after)
    return after


def _write(file: Path, erasures: ErasureList) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    stored = {
        "key": erasures.key.hex(),
        "members": [list(astuple(each)) for each in sorted(erasures.members)],
        "accounts": sorted(erasures.accounts),
        "customers": sorted(erasures.customers),
    }
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(json.dumps(stored, indent=1) + "\n")
            opened.flush()
            os.fsync(descriptor)
        part.replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    flush(file.parent)
