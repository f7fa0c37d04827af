"""Searches a team by words of names, however large the team or common the name.

The search walks down a small team and compares names, or goes through the matching names and
walks up from each, whichever is shorter. If both are long, it stops after `CANDIDATES_MAX` names
and says that the result is not complete.

Members right below come first, then the others; both in the order of the words found, and of
members with the same word the one who joined first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, TextClause, bindparam, text

from bot.store.db.types import Big
from bot.store.ledger.volumes import CHAIN_MAX
from bot.store.team import walk
from bot.store.team.walk import TEAM_WALK_MAX, Climb

__all__ = ["CANDIDATES_MAX", "SearchResult", "named"]

CANDIDATES_MAX = 2_000
"""The number of matching names that one search checks at most."""

CHUNK = 64
CHUNK_MAX = 1_024
LAST_CHARACTER = "\U0010ffff"
"""The last character of Unicode: it ends the range of words with a common beginning."""

COUNT = text("""
    SELECT COUNT(*) FROM (
      SELECT 1 FROM member_words AS w JOIN members AS m ON m.id = w.member_id
      WHERE w.word >= :low AND w.word < :high
        AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
      LIMIT :most) AS few
""")

HITS = text("""
    SELECT w.word, w.member_id FROM member_words AS w JOIN members AS m ON m.id = w.member_id
    WHERE w.word >= :low AND w.word < :high
      AND (m.import_id IS NULL OR m.import_id IN (SELECT id FROM imports WHERE state = 'done'))
    ORDER BY w.word, w.member_id LIMIT :rows OFFSET :skip
""")

# CROSS JOIN makes SQLite walk the team first; a plain join would leave the order to the planner.
# The bounds are carried along: compared with the words alone, they would make SQLite start from
# the index of all words.
HITS_BELOW = text("""
    WITH RECURSIVE down (id, depth) AS (
      SELECT CAST(:head_id AS BIGINT), 0
      UNION ALL
      SELECT m.id, down.depth + 1 FROM down CROSS JOIN members AS m
      WHERE m.sponsor_id = down.id AND down.depth < :chain_max
    ), near AS (
      SELECT id, CAST(:low AS TEXT) AS low, CAST(:high AS TEXT) AS high FROM down
      WHERE id <> :head_id LIMIT :most
    )
    SELECT w.word, w.member_id FROM near CROSS JOIN member_words AS w
    WHERE w.member_id = near.id AND w.word >= near.low AND w.word < near.high
""")

# The legs come from their own index; their words are looked up one by one, as in HITS_BELOW.
HITS_DIRECT = text("""
    WITH near AS (
      SELECT id, CAST(:low AS TEXT) AS low, CAST(:high AS TEXT) AS high FROM members
      WHERE sponsor_id = :head_id
        AND (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
      ORDER BY id LIMIT :most
    )
    SELECT w.word, w.member_id FROM near CROSS JOIN member_words AS w
    WHERE w.member_id = near.id AND w.word >= near.low AND w.word < near.high
""")

WORDS_OF = text("SELECT member_id, word FROM member_words WHERE member_id IN :ids").bindparams(
    bindparam("ids", expanding=True, type_=Big)
)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The members found, and whether all names were checked."""

    ids: tuple[int, ...]
    whole: bool


def named(
    conn: Connection, head_id: int, words: Sequence[str], *, rows: int, skip: int
) -> SearchResult:
    """Returns members below a member whose names have a word beginning with each of these.

    Those right below come first.

    Args:
        conn: the connection.
        head_id: the member, who is left out.
        words: as `name_words` makes them; at least one.
        rows: the size of the page.
        skip: the number of members before the page.
    """
    team = walk.size(conn, head_id)
    if not team:
        return SearchResult((), True)
    counts = {word: _count(conn, word) for word in words}
    rarest = min(words, key=lambda word: (counts[word], -len(word)))
    others = [word for word in words if word != rarest]
    climb: Climb | None = None
    if team <= min(counts[rarest], TEAM_WALK_MAX):
        chunks = iter([_below(conn, head_id, rarest)])
    else:
        climb = Climb(conn, head_id)
        chunks = _from_the_names(conn, rarest)
    found: dict[int, None] = {}
    for chunk in chain([_right_below(conn, head_id, rarest)], chunks):
        fitting = _with_all(conn, chunk, others)
        found |= dict.fromkeys(fitting if climb is None else climb.below(fitting))
        if len(found) >= skip + rows:
            break
    whole = climb is None or counts[rarest] <= CANDIDATES_MAX
    return SearchResult(tuple(found)[skip : skip + rows], whole)


def _range(word: str) -> dict[str, object]:
    return {"low": word, "high": word + LAST_CHARACTER}


def _count(conn: Connection, word: str) -> int:
    """Returns the number of words with this beginning, up to one more than are checked."""
    count: int = conn.execute(COUNT, {**_range(word), "most": CANDIDATES_MAX + 1}).scalar_one()
    return count


def _right_below(conn: Connection, head_id: int, word: str) -> list[int]:
    """Returns the legs with this word, in the order of their words.

    Of more than `TEAM_WALK_MAX` legs the others take the place that they have in the whole team.
    """
    facts = {"head_id": head_id, "most": TEAM_WALK_MAX}
    return _in_order(conn, HITS_DIRECT, facts | _range(word))


def _below(conn: Connection, head_id: int, word: str) -> list[int]:
    """Returns the members of a small team with this word, in the order of their words."""
    facts = {"head_id": head_id, "chain_max": CHAIN_MAX, "most": TEAM_WALK_MAX}
    return _in_order(conn, HITS_BELOW, facts | _range(word))


def _in_order(conn: Connection, hits: TextClause, facts: dict[str, object]) -> list[int]:
    found = sorted((row.word, row.member_id) for row in conn.execute(hits, facts))
    return [member_id for _, member_id in found]


def _from_the_names(conn: Connection, word: str) -> Iterator[list[int]]:
    """Yields the members with this word, in growing chunks: the first often fills the page."""
    skip, rows = 0, CHUNK
    while skip < CANDIDATES_MAX:
        rows = min(rows, CANDIDATES_MAX - skip)
        hits = conn.execute(HITS, {**_range(word), "rows": rows, "skip": skip}).all()
        yield [hit.member_id for hit in hits]
        if len(hits) < rows:
            return
        skip, rows = skip + rows, min(rows * 2, CHUNK_MAX)


def _with_all(conn: Connection, ids: Sequence[int], words: Sequence[str]) -> list[int]:
    """Returns the members whose names have these words too, in the order given, each once."""
    once = list(dict.fromkeys(ids))
    if not words or not once:
        return once
    names: dict[int, list[str]] = {each: [] for each in once}
    for start in range(0, len(once), CHUNK_MAX):
        for row in conn.execute(WORDS_OF, {"ids": once[start : start + CHUNK_MAX]}):
            names[row.member_id].append(row.word)
    return [
        each
        for each in once
        if all(any(own.startswith(word) for own in names[each]) for word in words)
    ]
