"""Reads what an admin types about a role: `jadikan erni pelatih`, `cabut admin kantor budi`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from bot.core.input.typed import one_line

__all__ = ["NamedRole", "RoleWish", "read_role", "read_role_wish"]

CHARACTERS_MAX: Final = 100

NamedRole: TypeAlias = Literal["trainer", "admin"]

_ROLES: Final[Mapping[str, NamedRole]] = MappingProxyType(
    {"pelatih": "trainer", "trainer": "trainer", "admin": "admin"}
)
_GRANT: Final = frozenset(("jadikan", "jadiin", "angkat", "tunjuk", "make", "appoint"))
_REVOKE: Final = frozenset(("cabut", "copot", "berhentikan", "remove", "revoke"))
_FRONT: Final = frozenset(("tolong", "tlg", "coba", "mau", "please", "min", "kak"))
_BETWEEN: Final = frozenset(
    (
        *("peran", "role", "sebagai", "jadi", "menjadi", "dari", "untuk", "kantor"),
        *("as", "a", "an", "the", "from", "of", "to", "office"),
    )
)
_SAYS_ROLE: Final = frozenset(_ROLES) | _BETWEEN


@dataclass(frozen=True, slots=True)
class RoleWish:
    """Whose role is to change: a name or a code, as typed.

    `grant` is None where no verb says which way.
    """

    who: str
    role: NamedRole
    grant: bool | None


def read_role(text: str) -> tuple[NamedRole, bool | None] | None:
    """Returns the role that an answer names, and the way, if it says one; None for other words."""
    wish = _read(text)
    return None if wish is None or wish.who else (wish.role, wish.grant)


def read_role_wish(text: str) -> RoleWish | None:
    """Returns the wish of a line with a verb, a person and one role; None for any other text."""
    wish = _read(text)
    return None if wish is None or wish.grant is None or not wish.who else wish


def _read(text: str) -> RoleWish | None:
    words = one_line(text[:CHARACTERS_MAX]).strip(" .!?").split()
    while words and words[0].casefold() in _FRONT:
        words = words[1:]
    if not words:
        return None
    verb = words[0].casefold()
    grant = True if verb in _GRANT else False if verb in _REVOKE else None
    left = words if grant is None else words[1:]
    named = [_ROLES[word.casefold()] for word in left if word.casefold() in _ROLES]
    if len(named) != 1:
        return None
    who = [word for word in left if word.casefold() not in _SAYS_ROLE]
    return RoleWish(" ".join(who), named[0], grant)
