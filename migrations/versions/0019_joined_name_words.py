"""Words of names are looked for without apostrophes: `Ma'ruf` is `maruf`, not `ma` and `ruf`."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

JOINED = re.compile(r"(?<=\w)['’‘ʼ`´](?=\w)")
WORD = re.compile(r"\w+")
CHARACTERS_MAX = 256
AT_ONCE = 500

NAMED = sa.text("""
    SELECT id, name FROM members
    WHERE id > :above AND (name LIKE '%''%' OR name LIKE '%’%' OR name LIKE '%‘%'
      OR name LIKE '%ʼ%' OR name LIKE '%`%' OR name LIKE '%´%')
    ORDER BY id LIMIT :some
""")
FORGET = sa.text("DELETE FROM member_words WHERE member_id = :member_id")
KEEP = sa.text("INSERT INTO member_words (word, member_id) VALUES (:word, :member_id)")


def upgrade() -> None:
    """Index these names by their joined words."""
    _index(joined=True)


def downgrade() -> None:
    """Index them by the words between the apostrophes again."""
    _index(joined=False)


def _index(*, joined: bool) -> None:
    conn = op.get_bind()
    above = 0
    while rows := conn.execute(NAMED, {"above": above, "some": AT_ONCE}).all():
        for row in rows:
            conn.execute(FORGET, {"member_id": row.id})
            for word in _words(row.name, joined=joined):
                conn.execute(KEEP, {"word": word, "member_id": row.id})
        above = rows[-1].id


def _words(name: str, *, joined: bool) -> tuple[str, ...]:
    """Returns the words of a name, each once, in lower case and without accents."""
    typed = name[:CHARACTERS_MAX]
    plain = unicodedata.normalize("NFKD", JOINED.sub("", typed) if joined else typed).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(dict.fromkeys(WORD.findall(bare)))
