"""Everything the sandbox holds, in one place: who is there, what was said, what is pending."""

import itertools
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sandbox.clock import Clock
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.flood import Flood
from sandbox.lanes import Lanes
from sandbox.lookups import Lookups
from sandbox.refusals import NotPossible
from sandbox.state import Chat, Json, Message, Person
from sandbox.updates import Updates

LOG_MAX = 50_000
CALLBACK_FRESH_S = 15.0
TAPS_MAX = 10_000
SUPERGROUPS_FROM = -1_000_000_000_000
PERSON_FIELDS = frozenset(entry.name for entry in fields(Person))


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is."""

    token: str
    username: str
    name: str

    @property
    def id(self) -> int:
        """Telegram puts the bot's id before the colon of its token."""
        return int(self.token.split(":", maxsplit=1)[0])

    def user(self) -> Json:
        """The bot as the sender of a message."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


@dataclass(slots=True)
class ToldDate:
    """The `Date` of each answer: the clock's, moved by so many seconds, or none at all."""

    shift_s: float = 0.0
    absent: bool = False


@dataclass(slots=True)
class Tap:
    """A press of an inline button that waits for its answer."""

    person: int
    chat_id: int
    message_id: int
    at: float
    monotonic: float
    answered: bool = False


@dataclass(slots=True)
class World:
    """The state all other parts work on."""

    bot: BotIdentity
    flood: Flood
    clock: Clock = field(default_factory=Clock)
    events: Events = field(default_factory=Events)
    faults: Faults = field(default_factory=Faults)
    lanes: Lanes = field(default_factory=Lanes)
    lookups: Lookups = field(default_factory=Lookups)
    counter: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    seed: int | None = None
    updates: Updates = field(init=False)
    files: Files = field(init=False)
    date: ToldDate = field(default_factory=ToldDate)
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    taps: dict[str, Tap] = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    moments: list[Json] = field(default_factory=list)
    guide: Json = field(default_factory=dict)
    """What the page says of the product, and what it asks a visitor to try."""
    log: deque[Json] = field(default_factory=lambda: deque(maxlen=LOG_MAX))
    logged: int = 0
    serving: Counter[str] = field(default_factory=Counter)
    """How many calls have no answer yet, by method."""
    violations: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The queue of updates lives by the clock; ids of files are the bot's own."""
        self.files = Files(self.bot.id)
        self.updates = Updates(lambda: self.clock.now().timestamp(), self.seed)

    def add_people(self, people: Iterable[Mapping[str, Any]]) -> list[Person]:
        """Make these people known; who is known already is changed."""
        added = []
        for facts in people:
            if not isinstance(facts, Mapping):
                raise NotPossible("a person is a JSON object")
            unknown = set(facts) - PERSON_FIELDS
            if unknown or not isinstance(facts.get("id"), int) or "first_name" not in facts:
                raise NotPossible(
                    f"a person needs id and first_name; unknown here: {sorted(unknown)}"
                )
            known = self.people.get(facts["id"])
            person = replace(known, **facts) if known else Person(**facts)
            self.people[person.id] = person
            if person.id not in self.chats:
                self.chats[person.id] = Chat(person.id, people=[person.id])
            self.events.emit("person", person.id, **self.introduce(person))
            added.append(person)
        return added

    def bot_card(self) -> Json:
        """The bot as the page shows it, with what it says of itself."""
        said = {
            field: self.about.get(f"{field}:id") or self.about.get(f"{field}:", "")
            for field in ("description", "short_description")
        }
        spoken = {
            key.removeprefix("description:"): words
            for key, words in self.about.items()
            if key.startswith("description:") and words
        }
        return {**self.bot.user(), **said, "descriptions": spoken}

    def person(self, person_id: Any) -> Person:
        """The person with this id, for the people's side."""
        if not isinstance(person_id, int) or person_id not in self.people:
            raise NotPossible(f"no person {person_id!r}", 404)
        return self.people[person_id]

    def introduce(self, person: Person) -> Json:
        """All the page needs to know of a person, as an event's fields."""
        facts = {name: getattr(person, name) for name in sorted(PERSON_FIELDS)}
        return {**facts, "chat": person.id, "unread": self.chats[person.id].unread}

    def chat_json(self, chat: Chat) -> Json:
        """A chat as the Bot API shows it."""
        if chat.id > 0:
            return self.people[chat.id].private_chat()
        kind = "supergroup" if chat.id <= SUPERGROUPS_FROM else "group"
        return {"id": chat.id, "type": kind, "title": chat.title}

    def message(self, chat_id: int, message_id: Any) -> Message | None:
        """A message of a chat, if it is there."""
        chat = self.chats.get(chat_id)
        return chat.messages.get(message_id) if chat else None

    def emit(self, kind: str, chat: Chat, **more: Any) -> int:
        """Record what happened in a chat; `person` is empty for a group."""
        return self.events.emit(kind, chat.id if chat.id > 0 else None, chat=chat.id, **more)

    def record_violation(self, method: str, words: str, params: Json) -> None:
        """Keep a fault of the bot for the tests to see."""
        self.violations.append(
            {
                "n": len(self.violations) + 1,
                "at": self.clock.now().isoformat(),
                "method": method,
                "description": words,
                "params": params,
            }
        )

    def record_request(self, method: str, params: Json, outcome: str, **more: Any) -> None:
        """Keep one call for the log."""
        self.logged += 1
        self.log.append(
            {
                "n": self.logged,
                "at": self.clock.now().isoformat(),
                "method": method,
                "params": params,
                "outcome": outcome,
                **more,
            }
        )
