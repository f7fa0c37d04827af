"""What a seller noted of a customer besides the name: the number, which is sealed, and the rest.

Every statement asks for the seller as well, so a customer of another seller is never found. The
rows belong to the customer that is kept where two have been put together.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from sqlalchemy import Connection, bindparam, text

from bot.store.customers.customers import Customer
from bot.store.db.types import Instant
from bot.system.number_keys import NumberKeys

__all__ = [
    "NO_DETAILS",
    "CustomerDetails",
    "KeyTrouble",
    "SealedNumber",
    "contacted",
    "number_of",
    "of_all",
    "of_customer",
    "phone_of",
    "set_birthday",
    "set_language",
    "set_notes",
    "set_phone",
    "set_wish",
    "some_sealed",
    "with_phone",
]


KeyTrouble: TypeAlias = Literal["", "missing", "damaged", "of another database"]


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What is noted of a customer; empty texts where nothing is.

    Attributes:
        phone_sealed: the number, see `NumberKeys`.
        birthday: as MM-DD.
        language: of messages to the customer; empty for the seller's own.
        wish: what the customer would like next.
        wish_on: the day to ask again, as YYYY-MM-DD.
        contacted_on: when the seller last wrote, as YYYY-MM-DD.
    """

    phone_sealed: str = ""
    birthday: str = ""
    notes: str = ""
    language: Literal["", "id", "en"] = ""
    wish: str = ""
    wish_on: str = ""
    contacted_on: str = ""


NO_DETAILS: Final = CustomerDetails()


@dataclass(frozen=True, slots=True)
class SealedNumber:
    """A sealed number with the customer it is bound to."""

    customer_id: int
    sealed: str


OF_CUSTOMER = text("""
    SELECT d.phone_sealed, d.birthday, d.notes, d.language, d.wish, d.wish_on, d.contacted_on
    FROM customer_details AS d JOIN customers AS c ON c.id = d.customer_id
    WHERE d.customer_id = :customer_id AND c.member_id = :member_id
""")

OF_ALL = text("""
    SELECT d.customer_id, d.phone_sealed, d.birthday, d.notes, d.language, d.wish, d.wish_on,
      d.contacted_on
    FROM customers AS c JOIN customer_details AS d ON d.customer_id = c.id
    WHERE c.member_id = :member_id
""")

IN_NAME = text("SELECT phone FROM customers WHERE member_id = :member_id AND id = :customer_id")

COUNTRY = "+62"
"""Stands in place of the zero of a number that was typed within a name."""

WITH_PHONE = text("""
    SELECT c.id, c.name FROM customer_details AS d JOIN customers AS c ON c.id = d.customer_id
    WHERE d.phone_hash = :phone_hash AND c.member_id = :member_id
    ORDER BY c.id LIMIT 1
""")

SOME_SEALED = text("""
    SELECT customer_id, phone_sealed FROM customer_details
    WHERE phone_hash > '' ORDER BY phone_hash DESC LIMIT 1
""")

SET_PHONE = text("""
    INSERT INTO customer_details (customer_id, phone_sealed, phone_hash, changed_at)
    SELECT c.id, :phone_sealed, :phone_hash, :at FROM customers AS c
    WHERE c.id = :customer_id AND c.member_id = :member_id
    ON CONFLICT (customer_id) DO UPDATE SET phone_sealed = excluded.phone_sealed,
      phone_hash = excluded.phone_hash, changed_at = excluded.changed_at
""").bindparams(bindparam("at", type_=Instant))

SET_BIRTHDAY = text("""
    INSERT INTO customer_details (customer_id, birthday, changed_at)
    SELECT c.id, :birthday, :at FROM customers AS c
    WHERE c.id = :customer_id AND c.member_id = :member_id
    ON CONFLICT (customer_id) DO UPDATE SET birthday = excluded.birthday,
      changed_at = excluded.changed_at
""").bindparams(bindparam("at", type_=Instant))

SET_NOTES = text("""
    INSERT INTO customer_details (customer_id, notes, changed_at)
    SELECT c.id, :notes, :at FROM customers AS c
    WHERE c.id = :customer_id AND c.member_id = :member_id
    ON CONFLICT (customer_id) DO UPDATE SET notes = excluded.notes,
      changed_at = excluded.changed_at
""").bindparams(bindparam("at", type_=Instant))

SET_LANGUAGE = text("""
    INSERT INTO customer_details (customer_id, language, changed_at)
    SELECT c.id, :language, :at FROM customers AS c
    WHERE c.id = :customer_id AND c.member_id = :member_id
    ON CONFLICT (customer_id) DO UPDATE SET language = excluded.language,
      changed_at = excluded.changed_at
""").bindparams(bindparam("at", type_=Instant))

SET_WISH = text("""
    INSERT INTO customer_details (customer_id, wish, wish_on, changed_at)
    SELECT c.id, :wish, :wish_on, :at FROM customers AS c
    WHERE c.id = :customer_id AND c.member_id = :member_id
    ON CONFLICT (customer_id) DO UPDATE SET wish = excluded.wish, wish_on = excluded.wish_on,
      changed_at = excluded.changed_at
""").bindparams(bindparam("at", type_=Instant))

CONTACTED = text("""
    INSERT INTO customer_details (customer_id, contacted_on, changed_at)
    SELECT c.id, :day, :at FROM customers AS c
    WHERE c.id = :customer_id AND c.member_id = :member_id
    ON CONFLICT (customer_id) DO UPDATE SET contacted_on = excluded.contacted_on,
      changed_at = excluded.changed_at
""").bindparams(bindparam("at", type_=Instant))


DROP = text("""
    DELETE FROM customer_details
    WHERE customer_id IN (SELECT c.id FROM customers AS c
                          WHERE c.id = :customer_id AND c.member_id = :member_id)
""")


def of_customer(conn: Connection, member_id: int, customer_id: int) -> CustomerDetails:
    """Returns what the seller noted of a customer; nothing of another seller's."""
    wanted = {"member_id": member_id, "customer_id": customer_id}
    row = conn.execute(OF_CUSTOMER, wanted).one_or_none()
    return NO_DETAILS if row is None else CustomerDetails(*row)


def of_all(conn: Connection, member_id: int) -> dict[int, CustomerDetails]:
    """Returns what the seller noted of each customer of whom anything is noted."""
    found = conn.execute(OF_ALL, {"member_id": member_id})
    return {customer_id: CustomerDetails(*noted) for customer_id, *noted in found}


def phone_of(conn: Connection, keys: NumberKeys, member_id: int, customer_id: int) -> str:
    """Returns the customer's number as E.164, such as +628123456789.

    Empty if the seller has none, or no such customer, or if the key does not open it.
    """
    sealed = of_customer(conn, member_id, customer_id).phone_sealed
    return (keys.open(sealed, customer_id) or "") if sealed else ""


def number_of(conn: Connection, keys: NumberKeys, member_id: int, customer_id: int) -> str:
    """Returns the noted number of a customer, else the one in the name; empty without either."""
    noted = phone_of(conn, keys, member_id, customer_id)
    if noted:
        return noted
    wanted = {"member_id": member_id, "customer_id": customer_id}
    in_name: str = conn.execute(IN_NAME, wanted).scalar() or ""
    return f"{COUNTRY}{in_name[1:]}" if in_name else ""


def with_phone(conn: Connection, keys: NumberKeys, member_id: int, phone: str) -> Customer | None:
    """Returns the seller's customer with this number; None also where there is no key."""
    if keys.state != "ready":
        return None
    wanted = {"member_id": member_id, "phone_hash": keys.digest(phone, member_id)}
    row = conn.execute(WITH_PHONE, wanted).one_or_none()
    return None if row is None else Customer(row.id, row.name)


def some_sealed(conn: Connection) -> SealedNumber | None:
    """Returns one of the sealed numbers of all sellers, to try the key on; None without any."""
    row = conn.execute(SOME_SEALED).one_or_none()
    return None if row is None else SealedNumber(row.customer_id, row.phone_sealed)


def key_trouble(conn: Connection, keys: NumberKeys) -> KeyTrouble:
    """Returns what is wrong with the key; empty where numbers can be read and sealed."""
    if keys.state == "damaged":
        return "damaged"
    found = some_sealed(conn)
    if found is None:
        return ""
    if keys.state == "none":
        return "missing"
    return "" if keys.open(found.sealed, found.customer_id) is not None else "of another database"


def set_phone(
    conn: Connection,
    keys: NumberKeys,
    member_id: int,
    customer_id: int,
    phone: str,
    at: datetime,
) -> None:
    """Seal the number of a customer; an empty one takes it away.

    Raises:
        NoNumberKeyError: there is no key.
    """
    facts = {"member_id": member_id, "customer_id": customer_id, "at": at}
    sealed = keys.seal(phone, customer_id) if phone else ""
    digest = keys.digest(phone, member_id) if phone else ""
    conn.execute(SET_PHONE, {**facts, "phone_sealed": sealed, "phone_hash": digest})


def set_birthday(
    conn: Connection, member_id: int, customer_id: int, birthday: str, at: datetime
) -> None:
    """Note the birthday, as MM-DD, or that it is unknown: empty."""
    facts = {"member_id": member_id, "customer_id": customer_id, "at": at}
    conn.execute(SET_BIRTHDAY, {**facts, "birthday": birthday})


def set_notes(
    conn: Connection, member_id: int, customer_id: int, notes: str, at: datetime
) -> None:
    """Replace the seller's own note about a customer."""
    facts = {"member_id": member_id, "customer_id": customer_id, "at": at}
    conn.execute(SET_NOTES, {**facts, "notes": notes})


def set_language(
    conn: Connection, member_id: int, customer_id: int, language: str, at: datetime
) -> None:
    """Note the language of messages to a customer: `id`, `en`, or empty for the seller's own."""
    facts = {"member_id": member_id, "customer_id": customer_id, "at": at}
    conn.execute(SET_LANGUAGE, {**facts, "language": language})


def set_wish(
    conn: Connection, member_id: int, customer_id: int, wish: str, wish_on: str, at: datetime
) -> None:
    """Note what a customer would like next, and the day to ask again (YYYY-MM-DD or empty)."""
    facts = {"member_id": member_id, "customer_id": customer_id, "at": at}
    conn.execute(SET_WISH, {**facts, "wish": wish, "wish_on": wish_on})


def contacted(conn: Connection, member_id: int, customer_id: int, day: str, at: datetime) -> None:
    """Note the day (YYYY-MM-DD) on which the seller was last in touch with a customer."""
    facts = {"member_id": member_id, "customer_id": customer_id, "at": at}
    conn.execute(CONTACTED, {**facts, "day": day})


def drop(conn: Connection, member_id: int, customer_id: int) -> None:
    """Delete what the seller noted of a customer, the name excepted."""
    conn.execute(DROP, {"member_id": member_id, "customer_id": customer_id})
