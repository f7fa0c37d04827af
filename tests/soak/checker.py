"""Compares the database of a soak with what Telegram saw and what people were sent."""

import html
import json
import re
from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Connection

from bot.runtime.sender import SENDS_IN_FLIGHT_MAX
from bot.store.ledger import ledger_audit
from bot.store.proof.recount import audit_volumes
from tests.soak.books import Books, Found, Row
from tests.soak.check_money import check_money
from tests.soak.drive import Soak
from tests.soak.findings import Findings

__all__ = ["check", "check_sales", "check_sums", "check_updates"]

DELIVERED = ("ok", "cut_after: ok")
TIP_BUTTON = "/tips"
FAULTS = ("refuse", "cut_before", "cut_after", "http_500", "http_502", "retry_after")


def check(done: Soak) -> Findings:
    """Everything that was promised, one function for each promise."""
    found = Findings()
    books = done.books
    _ends(done, found)
    check_updates(done, found)
    check_sales(done, books, found)
    _memberships(done, books, found)
    _answers(done, found)
    _tips(done, found)
    check_sums(done, found)
    check_money(done, found)
    _faults(done, found)
    return found


def _ends(done: Soak, found: Findings) -> None:
    found.claim(
        not done.ended_by_itself, f"a bot ended otherwise than asked: {done.ended_by_itself}"
    )
    most = max(done.on_their_way, default=0)
    found.claim(most <= SENDS_IN_FLIGHT_MAX, f"{most} letters on their way at once")
    found.claim(not done.telegram.violations, f"Telegram objected: {done.telegram.violations[:3]}")
    ready = sorted(done.ready_seconds)
    found.figures |= {
        "kills": done.kills,
        "clean stops": done.stops,
        "seconds in all": round(done.seconds),
        "asks Telegram again after (median, slowest s)": (
            f"{ready[len(ready) // 2]:.2f}, {ready[-1]:.2f}" if ready else "-"
        ),
        "slowest clean stop (s)": f"{max(done.stop_seconds):.2f}",
        "last answers after the faults ended (s)": f"{done.drain_seconds:.1f}",
        "mornings with tips": done.mornings,
    }


def check_updates(done: Soak, found: Findings) -> None:
    """No update that Telegram was allowed to forget is missing, and each is dealt with."""
    done.keep_rows()
    told = {number for phone in done.phones for number in phone.update_ids}
    rows = {row["update_id"]: row["state"] for row in done.inbox.values()}
    lost = told - rows.keys()
    found.claim(not lost, f"updates lost: {sorted(lost)[:5]}")
    open_ = {number: state for number, state in rows.items() if state != "done"}
    found.claim(not open_, f"updates not dealt with: {open_}")
    aside = [number for number, state in rows.items() if state == "dead"]
    found.claim(not aside, f"updates set aside: {aside}")
    ended = [row["ended"] for row in done.inbox.values()]
    alone = sum(row["ended_alone"] for row in done.inbox.values())
    counts = (sum(times > 0 for times in ended), sum(times > 1 for times in ended), alone)
    confirmed = done.telegram.views.confirmed()["offset"]
    newest = {number for phone in done.phones for number in phone.kept}
    found.claim(all(number < confirmed for number in newest), "updates were never confirmed")
    found.claim(rows.keys() <= told, "updates from nowhere")
    found.figures |= {
        "updates": len(told),
        "updates lost": len(lost),
        "updates in hand at a kill; at two; alone": "; ".join(str(count) for count in counts),
        "updates set aside": len(aside),
        "updates given again": sum(phone.redelivered for phone in done.phones),
        "double taps": sum(phone.double_taps for phone in done.phones),
    }


def check_sales(done: Soak, books: Books, found: Findings) -> None:
    """Each sale that was said to be entered is there once; none is there that was given up."""
    rows = defaultdict(list)
    for row in books.execute(
        """SELECT s.id, s.status, s.total, c.name AS buyer, m.user_id AS seller
           FROM sales AS s JOIN customers AS c ON c.id = s.customer_id
             JOIN members AS m ON m.id = s.seller_id"""
    ):
        rows[row["buyer"]].append(row)
    memory = done.memory
    for seller, buyer, receipt, total in memory.receipts:
        entered = rows.pop(buyer, [])
        words = f"{receipt} for {buyer} is in the books {len(entered)} times"
        found.claim(len(entered) == 1, words)
        for row in entered:
            is_now = (row["seller"], f"S-{row['id'] + 1000}", row["total"])
            found.claim(is_now == (seller, receipt, total), f"{receipt} is {is_now}")
            if receipt in memory.voided:
                found.claim(row["status"] == "void", f"{receipt} is {row['status']}, not void")
    extra = set(rows) - {""}
    found.claim(
        len(extra) <= len(memory.unanswered),
        f"sales that were shown to no person: {sorted(extra)[:5]}",
    )
    given_up = extra & {f"Bu {name}" for name in memory.never}
    found.claim(not given_up, f"sales that were given up: {sorted(given_up)[:5]}")
    found.claim(max(map(len, rows.values()), default=1) == 1, "a sale is in the books twice")
    decided = books.execute(
        "SELECT count(*) FROM audit WHERE action = 'sale approved'"
    ).fetchone()[0]
    found.claim(
        decided == memory.approved or memory.unanswered,
        f"{decided} sales approved, reported to the admin: {memory.approved}",
    )
    found.figures |= {
        "sales said to be entered": len(memory.receipts),
        "of them missing or doubled": sum("is in the books" in one for one in found.wrong),
        "sales approved": decided,
        "sales taken back": len(memory.voided),
    }


def _memberships(done: Soak, books: Books, found: Findings) -> None:
    """Each person who was welcomed is a member once, under the sponsor whose link it was."""
    rows = books.execute(
        """SELECT m.user_id, s.user_id AS sponsor FROM members AS m
           LEFT JOIN members AS s ON s.id = m.sponsor_id"""
    ).fetchall()
    counted = Counter(row["user_id"] for row in rows)
    found.claim(max(counted.values()) == 1, "somebody is a member twice")
    above = {row["user_id"]: row["sponsor"] for row in rows}
    for person, sponsor in done.memory.joined.items():
        found.claim(above.get(person) == sponsor, f"{person} is not below {sponsor}")
    found.figures["newcomers welcomed"] = len(done.memory.joined)


def _answers(done: Soak, found: Findings) -> None:
    """Every answer was seen, uncertain ones at least once, and each chat read them in order."""
    rows = [done.outbox[number] for number in sorted(done.outbox)]
    letters = Found(row for row in rows if row["kind"] in {"answer", "notice"})
    newest = {letter["chat_id"]: letter["id"] for letter in letters if letter["passing"]}
    for letter in letters:
        if letter["error"] == "replaced":
            newer = letter["passing"] and newest[letter["chat_id"]] > letter["id"]
            found.claim(newer, f"letter {letter['id']} was dropped for no newer screen")
    letters = Found(letter for letter in letters if letter["error"] != "replaced")
    states = Counter(letter["state"] for letter in letters)
    found.claim(set(states) <= {"sent", "uncertain"}, f"letters ended otherwise: {dict(states)}")
    seen: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for entry in done.telegram.world.log:
        if entry["outcome"].endswith(DELIVERED) or "not modified" in entry["outcome"]:
            seen[entry["person"]].append(entry)
    read: dict[int, int] = defaultdict(int)
    unseen = 0
    for letter in letters:
        copies = [entry for entry in seen[letter["chat_id"]] if _is(entry, letter)]
        if not copies:
            unseen += 1
            found.claim(letter["state"] == "uncertain", f"letter {letter['id']} was never seen")
        elif letter["kind"] == "answer":
            # The same question may have been put into the same message before.
            after = [entry for entry in copies if entry["n"] > read[letter["chat_id"]]]
            found.claim(after, f"letter {letter['id']} was read before the one before")
            if after:
                read[letter["chat_id"]] = after[0]["n"]
    found.claim(len(done.memory.unanswered) <= unseen, f"no answer: {done.memory.unanswered}")
    found.doubts = sum(row["doubts"] for row in rows)
    delivered = sum(
        entry["method"].startswith("send") and not _is_tip(entry)
        for entries in seen.values()
        for entry in entries
    )
    new = sum(
        letter["method"].startswith("send") and letter["state"] == "sent" for letter in letters
    )
    found.repeated = max(delivered - new, 0)
    found.figures |= {
        "answers and notices": len(letters),
        "of them in doubt to the end (never seen)": f"{states['uncertain']} ({unseen})",
        "messages seen twice or more": found.repeated,
        "letters on their way at a kill (mean, most)": (
            f"{sum(done.on_their_way) / max(len(done.on_their_way), 1):.2f}, "
            f"{max(done.on_their_way, default=0)}"
        ),
    }


def _is(entry: dict[str, Any], letter: Row) -> bool:
    """Whether a call that Telegram carried out sent this message."""
    payload = json.loads(letter["payload"])
    if entry["method"] == "answerCallbackQuery":
        return False
    if letter["state"] == "sent" and letter["method"].startswith("send"):
        return bool(entry.get("message_id") == letter["message_id"])
    words = payload.get("text", payload.get("caption"))
    params = entry["params"]
    if letter["method"].startswith("edit") and params.get("message_id") != payload["message_id"]:
        return False
    return bool(params.get("text", params.get("caption")) == words)


def _tips(done: Soak, found: Findings) -> None:
    """No member got a tip or the list of a day twice; uncertain sends are counted.

    A tip may leave late, even the day after, so it is not counted by days: each message seen
    must belong to an outbox message that was sent or is uncertain, one to one.
    """
    letters = [row for row in done.outbox.values() if row["kind"] == "tip"]
    states = Counter(letter["state"] for letter in letters)
    seen = [
        (entry["person"], entry["message_id"])
        for entry in done.telegram.world.log
        if _is_tip(entry) and entry["outcome"].endswith(DELIVERED)
    ]
    sent = {(row["chat_id"], row["message_id"]) for row in letters if row["state"] == "sent"}
    doubtful = Counter(row["chat_id"] for row in letters if row["state"] == "uncertain")
    others = Counter(person for person, number in seen if (person, number) not in sent)
    twice = dict(others - doubtful)
    found.claim(not twice, f"tips or lists seen twice, by person: {twice}")
    found.claim(sent <= set(seen), "a tip marked as sent was never seen")
    found.figures |= {
        "tips": states.total(),
        "of them lists of a day": sum(letter["method"] == "today" for letter in letters),
        "tips seen twice": sum(twice.values()),
        "tips in doubt (of them seen)": f"{states['uncertain']} ({others.total()})",
    }


def _is_tip(entry: dict[str, Any]) -> bool:
    """Whether this is a tip or the list of a day; nothing else in the soak leads to `/tips`."""
    return entry["method"] == "sendMessage" and TIP_BUTTON in json.dumps(
        entry["params"].get("reply_markup", "")
    )


def check_sums(done: Soak, found: Findings) -> None:
    """The ledger balances, and all counters match a recount."""

    def audit(conn: Connection) -> list[str]:
        return [*ledger_audit.audit(conn), *audit_volumes(conn, "Asia/Jakarta")]

    faults = done.books.look(audit)
    found.claim(not faults, f"the books do not balance: {faults[:5]}")
    found.figures["faults in the books"] = len(faults)


def _faults(done: Soak, found: Findings) -> None:
    for entry in done.telegram.world.log:
        if entry.get("held_s"):
            found.faults["hold"] += 1
        for kind in FAULTS:
            if str(entry["outcome"]).startswith(kind):
                found.faults[kind] += 1
    found.figures["faults on the line"] = ", ".join(
        f"{count} {kind}" for kind, count in sorted(found.faults.items())
    )
    said = done.log.read_text("utf-8") if done.log.exists() else ""
    tracebacks = re.findall(r"^Traceback", html.unescape(said), re.MULTILINE)
    found.claim(not tracebacks, f"{len(tracebacks)} tracebacks in {done.log}")
