"""Which messages may go: a plain model looks at each of them and is compared with the SQL."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, make_url, text

from bot.store.db.database import sqlite_engine
from bot.store.db.fast_sqlite import FastConnection
from bot.store.db.schema import metadata
from bot.store.members import people
from bot.store.queue import claiming, outbox, outcomes
from bot.store.queue.outbox import OutboxKind, OutboxMessage, SendResult
from tests.store.both import START

SECOND: Final = timedelta(seconds=1)
KINDS: Final[tuple[OutboxKind, ...]] = ("toast", "answer", "notice", "tip", "broadcast")
SAID: Final = {"answer", "notice"}
CHATS: Final = (1, 2)


@dataclass
class Known:
    """A message as the model knows it."""

    id: int
    chat: int
    kind: OutboxKind
    due: datetime
    expires: datetime | None
    passing: bool
    state: str = "new"


@dataclass
class Model:
    """All messages and gates; every question is answered by looking at each of them."""

    outbox_messages: list[Known] = field(default_factory=list)
    gates: dict[str, datetime] = field(default_factory=dict)
    now: datetime = START

    def may_go(self, message: Known, excluded: Sequence[int]) -> bool:
        """Whether a message may be sent now, by the rules in plain words."""
        if message.state != "new" or message.due > self.now:
            return False
        if message.kind == "toast":
            return True
        others = [x for x in self.outbox_messages if x.chat == message.chat and x.kind != "toast"]
        queued = [x for x in others if x.kind == message.kind and x.kind != "broadcast"]
        if any(x.id < message.id and x.state in {"new", "sending"} for x in queued):
            return False
        bulk = message.kind in outbox.BULK
        if any(x.state == "sending" and (bulk or x.kind in SAID) for x in others):
            return False
        scopes = [f"chat:{message.chat}", *(["bulk"] if bulk else [])]
        if any(self.gates.get(scope, self.now) > self.now for scope in scopes):
            return False
        return message.chat not in excluded

    def replaced(self, message: Known) -> bool:
        """Whether a newer screen of the chat waits behind this one."""
        newer = (x for x in self.outbox_messages if x.chat == message.chat and x.id > message.id)
        return message.passing and any(x.passing and x.state == "new" for x in newer)


class Both:
    """Does the same to the model and to the database."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        self.model = Model()
        self.epoch = 1
        self.out: list[OutboxMessage] = []

    def put(self, chat: int, kind: OutboxKind, wait: int, *, expires: bool, passing: bool) -> None:
        model = self.model
        number = len(model.outbox_messages) + 1
        due = model.now + wait * SECOND
        end = due + 3 * SECOND if expires and kind in {"toast", "tip"} else None
        passing = passing and kind == "answer"
        outbox.put(
            self.conn, key=str(number), chat_id=chat, kind=kind, method="sendMessage", payload={},
            at=model.now, not_before=due if wait else None, expires_at=end, passing=passing,
        )  # fmt: skip
        model.outbox_messages.append(Known(number, chat, kind, due, end, passing))

    def tick(self, seconds: int) -> None:
        self.model.now += seconds * SECOND

    def gate(self, scope: str, seconds: int) -> None:
        """Close a gate, which the sender holds in memory and not in the database."""
        until = self.model.now + seconds * SECOND
        self.model.gates[scope] = max(until, self.model.gates.get(scope, until))

    def block(self, chat: int) -> None:
        people.set_reach(self.conn, chat, "blocked")
        for message in self.model.outbox_messages:
            if message.chat == chat and message.state == "new":
                message.state = "failed"

    def settle(self, which: int, outcome: Any, wait: int) -> None:
        if not self.out:
            return
        message = self.out.pop(which % len(self.out))
        mark = SendResult(message, outcome, message_id=1, wait=wait * SECOND)
        outcomes.record_results(self.conn, [mark], self.model.now)
        self._learn()

    def restart(self) -> None:
        self.epoch += 1
        outcomes.recover(self.conn, self.epoch, self.model.now)
        self.out = []
        self._learn()

    def claim(self, answers: int, bulk: int, excluded: Sequence[int]) -> None:
        """Take messages; each must be one that may go, and none that may go is left."""
        model, before = self.model, {x.id: x.state for x in self.model.outbox_messages}
        closed = {scope for scope, until in model.gates.items() if until > model.now}
        excluded = [*excluded, *(chat for chat in CHATS if f"chat:{chat}" in closed)]
        bulk = 0 if "bulk" in closed else bulk
        taken = claiming.claim(
            self.conn, model.now, self.epoch, answers=answers, bulk=bulk, excluded=excluded
        )
        for known in model.outbox_messages:
            if known.state == "new" and known.expires and known.expires <= model.now:
                known.state = "expired"
        for row in self._rows():
            if row.error == "replaced" and before[row.id] == "new":
                assert model.replaced(model.outbox_messages[row.id - 1]), f"{row.id} was dropped"
        dropped = {row.id for row in self._rows() if row.error == "replaced"}
        for known in model.outbox_messages:
            known.state = "expired" if known.id in dropped else known.state
        ranks = [KINDS.index(message.kind) for message in taken.outbox_messages]
        assert ranks == sorted(ranks)
        for message in taken.outbox_messages:
            known = model.outbox_messages[message.id - 1]
            assert model.may_go(known, excluded), f"{known} was sent"
            assert not model.replaced(known), f"{known} was sent though a newer screen waits"
            known.state = "sending"
        self.out += taken.outbox_messages
        unasked = sum(message.kind in outbox.BULK for message in taken.outbox_messages)
        assert len(taken.outbox_messages) <= answers
        assert unasked <= bulk
        if len(taken.outbox_messages) == answers or taken.more:
            return
        kinds = KINDS if unasked < bulk else KINDS[:3]
        left = [x for x in model.outbox_messages if x.kind in kinds and model.may_go(x, excluded)]
        assert left == [], "it stays though it may go"
        coming = [x.due for x in model.outbox_messages if x.state == "new" and x.due > model.now]
        wakes = outbox.earliest(self.conn, model.now)
        if coming and not taken.outbox_messages and not model.gates:
            assert wakes is not None or all(self._waits(x) for x in model.outbox_messages)
        self._learn()

    def _waits(self, message: Known) -> bool:
        """Whether a message has another of its queue before it, or is settled."""
        return message.state != "new" or any(
            x.id < message.id
            and (x.chat, x.kind) == (message.chat, message.kind)
            and x.state in {"new", "sending"}
            for x in self.model.outbox_messages
        )

    def _rows(self) -> Sequence[Any]:
        return self.conn.execute(text("SELECT * FROM outbox ORDER BY id")).all()

    def _learn(self) -> None:
        """Copy the outcomes of messages from the database; they are not tested here."""
        for row, known in zip(self._rows(), self.model.outbox_messages, strict=True):
            was, known.state = known.state, row.state
            if was != row.state == "new" and row.not_before is not None:
                known.due = START + timedelta(
                    microseconds=row.not_before - int(START.timestamp()) * 1_000_000
                )


puts = st.tuples(
    st.just("put"),
    st.sampled_from(CHATS),
    st.sampled_from(("answer", "answer", *KINDS)),
    st.sampled_from((0, 0, 0, 1, 4)),
    st.booleans(),
    st.booleans(),
)
screens = st.tuples(
    *(st.just(x) for x in ("put", CHATS[0], "answer", 0, False)), st.sampled_from((True, False))
)
claims = st.tuples(
    st.just("claim"),
    st.sampled_from((1, 2, 50)),
    st.sampled_from((0, 1, 50)),
    st.lists(st.sampled_from(CHATS), max_size=1),
)
steps = st.one_of(
    puts,
    screens,
    claims,
    claims,
    st.tuples(
        st.just("settle"),
        st.integers(0, 5),
        st.sampled_from(("sent", "sent", "later", "doubt", "failed")),
        st.sampled_from((0, 2)),
    ),
    st.tuples(st.just("tick"), st.sampled_from((1, 2))),
    st.tuples(st.just("gate"), st.sampled_from(("bulk", "chat:1")), st.sampled_from((3, 9))),
    st.tuples(st.just("block"), st.sampled_from(CHATS)),
    st.tuples(st.just("restart")),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    file = tmp_path_factory.mktemp("model") / "books.db"
    engine = sqlite_engine(make_url(f"sqlite:///{file}"))
    with engine.begin() as conn:
        metadata.create_all(conn)
    yield engine
    engine.dispose()


@given(st.lists(steps, min_size=20, max_size=40))
@settings(max_examples=120, deadline=None)
def test_claiming_takes_exactly_the_messages_that_may_go(
    engine: Engine, script: list[Any]
) -> None:
    with FastConnection(engine) as conn, conn.begin() as transaction:
        both = Both(conn)
        for name, *values in script:
            if name == "put":
                *plain, expires, passing = values
                both.put(*plain, expires=expires, passing=passing)
            else:
                getattr(both, name)(*values)
        _all_arrive(both)
        transaction.rollback()


def _all_arrive(both: Both) -> None:
    """With every gate open and time enough, each message leaves or has a reason to stay."""
    for _ in range(45):
        both.tick(10)
        both.claim(50, 50, [])
        while both.out:
            both.settle(0, "sent", 0)
    states = {x.state for x in both.model.outbox_messages}
    assert not states & {"new", "sending"}, "a queue is stuck"
