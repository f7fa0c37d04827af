"""Every statement of the store fits the tables, and none scans a big table to find a row.

The plans are made on a database with statistics: with them SQLite plans differently than
without, and builds a filter over all members for what looks like a short climb.
"""

import re
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import BindParameter, TextClause, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.selectable import TextualSelect

import bot.store
from bot.store.db.schema import outbox
from tests.architecture.packages import last_name, modules_under
from tests.store.seeding import Sold, add_members, add_sales, new_database, unguard

MEMBERS = 400
BIG = {
    "audit",
    "broadcasts",
    "consents",
    "customer_payments",
    "customer_details",
    "customers",
    "deliveries",
    "inbox",
    "inquiries",
    "inquiry_answers",
    "leads",
    "member_words",
    "members",
    "number_requests",
    "pair_permissions",
    "merged_customers",
    "photo_digests",
    "outbox",
    "payment_notes",
    "payout_list_lines",
    "payouts",
    "people",
    "permissions",
    "postings",
    "relayed_messages",
    "return_lines",
    "returns",
    "sale_lines",
    "sale_version_lines",
    "sale_versions",
    "sales",
    "stock_notes",
    "stock_starts",
    "teams",
    "tip_clocks",
    "today_clocks",
    "today_items",
    "volumes",
}

LOOKS_AT_EVERYTHING = {
    "broadcasts.LATEST": "goes from the newest down and stops after a page",
    "inbox.BLANK": "goes from the oldest row up and stops at the first that is kept",
    "line_audit.UNSOLD": "an audit adds up all lines",
    "bonus_credits.LARGE_TEAMS": "asked for beside everything else, every ten minutes at most",
    "ledger_audit.UNBALANCED": "an audit adds up all postings",
    "posting_audit.OF_SALES": "an audit goes through all sales",
    "credit_sales.WITHOUT_SALES": "asked by the doctor, and adds up the parts of all pools",
    "payout_lists.PAYABLE": "a job adds up what all members can be paid",
    "pools.SOLD": "an operator lists all sales of a month",
    "pools.SOLD_TOTALS": "an audit adds up the whole month",
    "month_checks.MEMBER_SUMS": "a closing adds up all members, once for each try",
    "month_checks.OVERPAID": "an audit compares all closed months",
    "month_checks.SOLD_SUMS": "a closing adds up the whole month",
    "shut_months.HIDDEN": "goes through all members when a month is shut",
    "shut_months.SUSPENDED": "goes through all members when a month is shut",
    "snapshots.MEMBERS": "a closing looks at the whole company",
    "periods.SALES_OF": "a closing adds up the whole month",
    "snapshots.SOLD": "a closing looks at the whole month",
    "today_clocks.UNENROLLED": "asked once an hour, beside everything else",
    "integrity.UNSCHEDULED": "asked by the doctor",
    "recount.APPROVED": "an audit counts all sales",
    "posting_audit.MISREVERSED": "an audit reads all postings",
    "posting_audit.MISSHAPEN": "an audit reads all postings",
    "posting_audit.OF_OPENINGS": "an audit reads all postings of one cause",
    "posting_audit.OF_PAYOUTS": "an audit reads all payouts",
    "posting_audit.OF_RETURNS": "an audit reads all returns",
    "recount.CAME_BACK": "an audit counts all returns",
    "recount.MEMBERS": "an audit counts all members",
    "return_audit.CREDITS_WITH_BACK": "an audit reads all returns",
    "return_audit.LATE_BY_SELLER": "an audit reads all returns",
    "return_audit.MISTIMED": "an audit reads all returns",
    "return_audit.PARTS_WITH_BACK": "an audit reads all returns",
    "return_audit.UNGROUNDED": "an audit reads all returns",
    "return_audit.UNLIKE_PIECES": "an audit reads all returns",
    "return_audit.UNLIKE_SALE": "an audit reads all returns",
    "recount.TEAMS": "an audit compares all counters",
    "recount.VOLUMES": "an audit compares all counters",
    "volumes.MOST_POINTS": "`plan check` adds up every month, on a snapshot",
    "roster.REGISTERED": "a company's list is compared with all members",
    "after_restore.SALES": "runs once, after a restore",
    "departures.ERASED": "read once, where the list of erasures is missing",
    "erasing.BLANK_RECEIVED": "an erasure looks for one person's messages, in the background",
    "erasing.BLANK_SENT": "an erasure looks for one person's messages, in the background",
    "erasing.SENT_FILES": "an erasure looks for one person's messages, in the background",
    "forgotten.BLANK_UNUSED": "once a day, outside of any conversation",
    "forgotten.DELETE_OUTDATED": "once a day, outside of any conversation",
    "forgotten.ENTRIES_OF_ALL": "runs once, after a restore",
    "forgotten_inquiries.BLANK_ANSWERS_SETTLED": "once a day, outside of any conversation",
    "forgotten_inquiries.BLANK_INQUIRIES_SETTLED": "once a day, outside of any conversation",
    "outdated.DELETE_LEADS": "once a day, outside of any conversation",
    "outdated.IN_USE": "once a day, outside of any conversation",
    "redoing.STRANGERS": "runs once, after a restore",
}
"""Statements that no conversation waits for, each with its reason."""

ONLY_ON_NEWER_SQLITE = {
    "audience.SIZES": "goes down the whole team once, and from 3.5 on remembers it in a filter",
    "snapshots.PASSED": "a closing looks at all members; from 3.46 on in the order of their ids",
}
"""Statements that some versions of SQLite plan differently from others."""

# An index that holds only the open rows is short, and walking it is what it is for.
SHORT = re.compile(
    r"USING (?:COVERING )?INDEX"
    r" (?:ix_inbox_(?:open|dead)|ix_outbox_(?:open\w*|sending|uncertain)|ix_sales_waiting"
    r"|ix_broadcasts_open|ix_returns_waiting|ix_inquiries_(?:waiting|untold|offered)"
    r"|ix_leads_(?:open|untold)|ix_stock_notes_untold)"
)
SCAN = re.compile(r"SCAN (\w+)")
ALIAS = re.compile(r"\b(\w+) AS (\w+)")


def _statements() -> dict[str, TextClause]:
    found = {}
    for module in modules_under(bot.store):
        for name, value in vars(module).items():
            clause = value.element if isinstance(value, TextualSelect) else value
            if isinstance(clause, TextClause):
                found[f"{last_name(module)}.{name}"] = clause
    return found


STATEMENTS = _statements()
PLANNED = {
    name: statement
    for name, statement in STATEMENTS.items()
    if not (name.endswith("_POSTGRESQL") or "pg_" in str(statement))
    and re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", str(statement))
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    engine = new_database(tmp_path_factory.mktemp("statements"))
    with engine.begin() as conn:
        add_members(conn, [each // 3 or None for each in range(MEMBERS)])
        sold = [Sold(1 + each % MEMBERS, status="approved") for each in range(MEMBERS * 3)]
        add_sales(conn, [*sold, Sold(1, status="waiting")])
        unguard(conn, "sales")
        for statement in FILL:
            conn.exec_driver_sql(statement)
        conn.exec_driver_sql("ANALYZE")
    connection = sqlite3.connect(engine.url.database or "")
    yield connection
    connection.close()


FILL = (
    """INSERT INTO inquiries (reference, user_id, words, state, at, sent_at)
       SELECT 'i' || id, id, 'seragam?', 'answered', 1, 1 FROM members""",
    """INSERT INTO inquiry_answers (reference, inquiry_id, words, by, at, sent)
       SELECT 'a' || id, id, 'Tidak ada.', 1, 1, 1 FROM inquiries""",
    """INSERT INTO pair_permissions (member_id, other_id, purpose, given, at)
       SELECT id, 1 + id % 50, 'phone', 1, 1 FROM members""",
    """INSERT INTO number_requests (reference, member_id, upline_id, state, at)
       SELECT 'n' || id, id, 1 + id % 50, 'given', id FROM members""",
    """INSERT INTO relayed_messages (reference, sender_id, receiver_id, words, state, at, due_at)
       SELECT 'r' || id, 1 + id % 50, id, 'halo', 'sent', id, id FROM members""",
    """INSERT INTO leads (reference, user_id, name, phone, at, told, done_at)
       SELECT 'l' || id, id, 'Dina', '+62' || id, 1, 1, 1 FROM members""",
    """INSERT INTO customers (member_id, name, name_key, phone, created_at)
       SELECT id, name, name, '0812' || (100000 + id), 1 FROM members""",
    """INSERT INTO customers (member_id, name, name_key, created_at)
       SELECT id, name, 'also ' || name, 1 FROM members""",
    """INSERT INTO customer_details (customer_id, phone_sealed, phone_hash, birthday, changed_at)
       SELECT id, 'sealed' || id, 'hash' || id, '11-01', 1 FROM customers""",
    """INSERT INTO merged_customers (customer_id, kept_id, merged_at)
       SELECT c.id, k.id, 1 FROM customers AS c JOIN customers AS k ON k.member_id = c.member_id
       WHERE c.name_key <> c.name AND k.name_key = k.name""",
    "UPDATE sales SET customer_id = seller_id, photo_id = 'p' || id, photo_key = 'k' || id",
    """INSERT INTO payment_notes (sale_id, in_full, deposit, means, noted_at)
       SELECT id, 'no', 0, '', 1 FROM sales""",
    """INSERT INTO customer_payments (customer_id, sale_id, reference, amount, paid_on, noted_at)
       SELECT customer_id, CASE WHEN id % 2 = 0 THEN id END, 'paid' || id, 1, sold_on, 1
       FROM sales""",
    """INSERT INTO photo_digests (sale_id, photo_key, digest, noted_at)
       SELECT id, photo_key, 'd' || id, 1 FROM sales""",
    """INSERT INTO products (sku, name, member_price, retail_price, points, bonus_value)
       VALUES ('SABUN', 'Sabun', 40000, 50000, 10, 40000)""",
    """INSERT INTO sale_lines (sale_id, product_id, quantity, amount, member_price, points,
                               bonus_value)
       SELECT id, 1, 1, total, goods, points, bonus_value FROM sales""",
    """INSERT INTO stock_notes (reference, member_id, product_id, kind, quantity, day, noted_at,
                                document, told_at)
       SELECT 'note' || id, id, 1, 'delivered', 9, '2026-11-01', 1, 'SJ-1',
         CASE WHEN id % 50 = 0 THEN NULL ELSE 1 END FROM members""",
    """INSERT INTO stock_starts (member_id, product_id, day)
       SELECT id, 1, '2026-11-01' FROM members""",
    """INSERT INTO returns (reference, sale_id, state, came_on, saleable, reason, amount, goods,
                            points, bonus_value, refund, asked_at, asked_by, period)
       SELECT 'back' || id, id, 'confirmed', sold_on, 1, '', 1, 1, 0, 0, 0, 1, 1,
         '2026-0' || (1 + id % 9)
       FROM sales WHERE status = 'approved'""",
    """INSERT INTO return_lines (return_id, sale_line_id, quantity, amount)
       SELECT r.id, l.id, 1, 1 FROM returns AS r JOIN sale_lines AS l ON l.sale_id = r.sale_id""",
    """INSERT INTO sale_versions (sale_id, version, sold_on, period, total, goods, points,
                                  bonus_value, invoice, photo_id, photo_key, photo_kind, reference,
                                  replaced_at, replaced_by)
       SELECT id, 1, sold_on, period, total, goods, points, bonus_value, '', '', '', '',
         'change' || id, 1, seller_id FROM sales""",
    """INSERT INTO sale_version_lines (sale_id, version, product_id, quantity, amount,
                                       member_price, points, bonus_value)
       SELECT id, 1, 1, 1, total, goods, points, bonus_value FROM sales""",
    "INSERT INTO member_words (word, member_id) SELECT 'mitra', id FROM members",
    "INSERT INTO accounts (name, kind) VALUES ('house:customers', 'house')",
    """INSERT INTO accounts (name, kind, member_id)
       SELECT 'member:' || id || ':trade', 'trade', id FROM members""",
    """INSERT INTO postings (reference, source_id, destination_id, amount, cause, sale_id, period,
                             at)
       SELECT 'price' || id, 1, 1 + seller_id, total, 'sale', id, period, 1 FROM sales""",
    "INSERT INTO payout_lists (reference, made_at) SELECT 'list' || id, 1 FROM members LIMIT 20",
    """INSERT INTO payout_list_lines (list_id, member_id, amount)
       SELECT l.id, m.id, 1 FROM payout_lists AS l CROSS JOIN members AS m""",
    """INSERT INTO payouts (reference, member_id, amount, paid_on, bank_reference, recorded_at)
       SELECT 'payout' || id, id, 1, '2026-12-10', '', 1 FROM members""",
    """INSERT INTO postings (reference, source_id, destination_id, amount, cause, sale_id, period,
                             at)
       SELECT 'goods' || id, 1 + seller_id, 1, goods, 'sale', id, period, 1 FROM sales""",
    "INSERT INTO teams (member_id, size, legs) SELECT id, 3, 3 FROM members",
    "INSERT INTO volumes (member_id, period, own_sales) SELECT id, '2026-11', 1 FROM members",
    "INSERT INTO people (user_id, language, first_seen) SELECT id, 'id', 1 FROM members",
    "INSERT INTO roles (user_id, role, granted_at) VALUES (1, 'admin', 1), (2, 'trainer', 1)",
    "INSERT INTO gates (scope, until) VALUES ('all', 1)",
    """INSERT INTO tip_clocks (member_id, hour, due_at)
       SELECT id, '09:00', id FROM members""",
    """INSERT INTO today_clocks (member_id, hour, due_at)
       SELECT id, '08:00', id FROM members""",
    """INSERT INTO today_items (customer_id, reason, member_id, shown_on, state, at)
       SELECT id, 'reorder', member_id, '2026-11-01', 'shown', 1 FROM customers""",
    """INSERT INTO deliveries (member_id, schedule, slot, state, at)
       SELECT id, 'tip', '2026-11-01', 'queued', 1 FROM members""",
    "UPDATE members SET user_id = id",
    """INSERT INTO inbox (bot_id, update_id, lane, body, received_at, state)
       SELECT 1, id, id, '{}', 1, CASE WHEN id % 50 = 0 THEN 'new' ELSE 'done' END FROM members""",
    """INSERT INTO outbox (key, chat_id, kind, method, payload, created_at, state)
       SELECT id, id, 'answer', 'sendMessage', '{}', 1,
         CASE WHEN id % 50 = 0 THEN 'new' ELSE 'sent' END FROM members""",
    """INSERT INTO broadcasts (reference, author_id, body, audience, state, starts_at, created_at,
                               finished_at)
       SELECT 'b' || id, id % 20, 'Halo', 'all', 'done', 1, 1, 2 FROM members""",
    """INSERT INTO outbox (key, chat_id, kind, method, payload, created_at, state, broadcast_id)
       SELECT 'b' || m.id || ':' || b.id, m.id, 'broadcast', 'broadcast', '{}', 1,
         CASE WHEN b.id = 1 THEN 'held' ELSE 'sent' END, b.id
       FROM members AS m JOIN broadcasts AS b ON b.id < 5""",
    "INSERT INTO permissions (member_id, purpose, given, at) SELECT id, 'tips', 1, 1 FROM members",
)


def _plan(database: sqlite3.Connection, statement: TextClause) -> list[str]:
    """Returns the steps SQLite would take; raises if the statement does not fit the tables."""
    values = {name: [1, 2] if bind.expanding else 1 for name, bind in _binds(statement).items()}
    compiled = statement.params(**values).compile(
        dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True}
    )
    places = compiled.positiontup or []
    steps = database.execute(f"EXPLAIN QUERY PLAN {compiled}", [1 for _ in places])
    return [step[-1] for step in steps]


def _binds(statement: TextClause) -> dict[str, BindParameter[object]]:
    return statement._bindparams


def _trouble(database: sqlite3.Connection, statement: TextClause) -> list[str]:
    """Returns the steps whose cost grows with the table; a plan names a table by its alias."""
    tables = {alias: table for table, alias in ALIAS.findall(str(statement))}
    trouble = []
    for step in _plan(database, statement):
        scan = SCAN.match(step)
        looks_through = scan is not None and tables.get(scan[1], scan[1]) in BIG
        # CREATE BLOOM FILTER, from 3.53 on, is about a list whose steps are checked here too.
        if (
            "BLOOM FILTER ON" in step
            or "AUTOMATIC" in step
            or (looks_through and not SHORT.search(step))
        ):
            trouble.append(step)
    return trouble


@pytest.mark.parametrize("name", sorted(PLANNED))
def test_the_statement_fits_the_tables_and_finds_its_rows_by_an_index(
    database: sqlite3.Connection, name: str
) -> None:
    trouble = _trouble(database, PLANNED[name])
    if name not in LOOKS_AT_EVERYTHING | ONLY_ON_NEWER_SQLITE:
        assert trouble == []


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_moving_the_time_of_a_message_moves_its_place_in_the_queue(name: str) -> None:
    words = " ".join(str(STATEMENTS[name]).split())
    if re.search(r"UPDATE outbox\b", words) and re.search(r"\bnot_before = ", words):
        assert "due_at = " in words


CHOSEN = re.compile(r"(?:UPDATE|DELETE FROM) (\w+) .*\bIN \( ?SELECT .*?FROM \1\b(?: AS (\w+))?")
IN_BRACKETS = re.compile(r"\([^()]*\)")


def _forgets_the_state(words: str) -> bool:
    """Whether rows are chosen by their state only in a subquery.

    On PostgreSQL another transaction may change a row between the choice and the change, and only
    conditions outside the subquery are checked again.
    """
    words = " ".join(words.split())
    chosen = CHOSEN.match(words)
    if chosen is None:
        return False
    own = rf"\b{chosen[2]}\.state\b" if chosen[2] else r"(?<!\.)\bstate\b"
    if not re.search(own, words[chosen.end() :]):
        return False
    outside = words
    while IN_BRACKETS.search(outside):
        outside = IN_BRACKETS.sub("", outside)
    return re.search(r"\bWHERE\b.*\bstate\b", outside.partition(" RETURNING ")[0]) is None


@pytest.mark.parametrize("name", sorted(STATEMENTS))
def test_rows_chosen_by_their_state_are_also_changed_by_it(name: str) -> None:
    assert not _forgets_the_state(str(STATEMENTS[name]))


def test_a_statement_that_forgets_the_state_would_be_detected() -> None:
    chosen = "(SELECT o.id FROM outbox AS o WHERE o.state IN ('a', 'b') AND o.x = 1 LIMIT 3)"
    for change in (
        "UPDATE outbox SET state = 'expired', error = lower('x')",
        "DELETE FROM outbox",
    ):
        assert _forgets_the_state(f"{change} WHERE id IN {chosen}")
        assert _forgets_the_state(f"{change} WHERE x = 1 AND id IN\n  {chosen} RETURNING state")
        assert not _forgets_the_state(f"{change} WHERE id IN {chosen} AND state IN ('a', 'b')")
    assert not _forgets_the_state("UPDATE outbox SET x = 1 WHERE id IN (SELECT id FROM states)")


LEFT_OUT_OF_A_COPY = {
    "id": "its own",
    "state": "it is new",
    "epoch": "no sender has taken it",
    "tries": "it has not been tried",
    "doubts": "its outcome is not uncertain",
    "not_before": "it is to go at once",
    "expires_at": "answers and notices do not expire",
    "passing": "the office wants it sent, whatever is queued behind it",
    "message_id": "it is not sent",
    "error": "it has none",
    "broadcast_id": "messages of broadcasts are not copied",
    "correction_id": "edits of broadcasts are not copied",
    "edition": "messages of broadcasts are not copied",
}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, statement in STATEMENTS.items()
        if re.search(r"INSERT INTO outbox \([^)]*\)\s+SELECT", str(statement))
    ],
)
def test_a_message_is_copied_with_all_its_columns(name: str) -> None:
    named = re.search(r"INSERT INTO outbox \(([^)]*)\)", str(STATEMENTS[name]))
    assert named is not None
    columns = {each.strip() for each in named[1].split(",")}
    assert not columns & LEFT_OUT_OF_A_COPY.keys()
    assert columns | LEFT_OUT_OF_A_COPY.keys() == set(outbox.columns.keys())


def test_the_copy_of_a_message_is_among_the_statements() -> None:
    assert "INSERT INTO outbox" in str(STATEMENTS["uncertain.AGAIN"])


def test_every_exemption_still_exists_and_is_still_needed(database: sqlite3.Connection) -> None:
    unneeded = [
        name
        for name in LOOKS_AT_EVERYTHING
        if name not in PLANNED or not _trouble(database, PLANNED[name])
    ]
    assert unneeded == []
    assert PLANNED.keys() >= ONLY_ON_NEWER_SQLITE.keys()


def test_a_statement_that_scans_the_members_would_be_detected(
    database: sqlite3.Connection,
) -> None:
    unindexed = text("SELECT id FROM members WHERE name = :name")
    assert _trouble(database, unindexed) == ["SCAN members"]
    # No index leads to a name, so every version makes one for the moment or a filter.
    joined = text("""
        SELECT a.id FROM members AS a JOIN members AS b ON b.name = a.name WHERE a.id = :id
    """)
    assert any(
        "BLOOM" in step or "AUTOMATIC" in step or "SCAN" in step
        for step in _trouble(database, joined)
    )
