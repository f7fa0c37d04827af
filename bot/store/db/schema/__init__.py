"""All tables of the database, as SQLAlchemy objects.

Money is whole rupiah. Days are YYYY-MM-DD, periods YYYY-MM, moments microseconds in UTC. Every
CHECK has a name, because a later migration can only change a constraint that it can name.
"""

from bot.store.db.schema.bonus_tables import (
    accounts,
    credits_,
    estimates,
    periods,
    pool_shares,
    pools,
    postings,
    ranks,
)
from bot.store.db.schema.broadcast_tables import broadcasts
from bot.store.db.schema.chat_tables import (
    admin_codes,
    leads,
    people,
    relink_codes,
    roles,
    sessions,
    strikes,
    unclear_texts,
)
from bot.store.db.schema.definitions import metadata
from bot.store.db.schema.member_tables import (
    consents,
    deliveries,
    import_months,
    import_teams,
    imports,
    member_words,
    members,
    permissions,
    teams,
    tip_clocks,
    volumes,
)
from bot.store.db.schema.queue_tables import (
    albums,
    attachments,
    cursors,
    file_ids,
    floods,
    gates,
    inbox,
    menus,
    outbox,
)
from bot.store.db.schema.run_tables import audit, job_inputs, jobs, marks, seal
from bot.store.db.schema.sale_tables import (
    customers,
    payment_notes,
    prices,
    products,
    sale_lines,
    sales,
)

__all__ = [
    "accounts",
    "admin_codes",
    "albums",
    "attachments",
    "audit",
    "broadcasts",
    "consents",
    "credits_",
    "cursors",
    "customers",
    "deliveries",
    "estimates",
    "file_ids",
    "floods",
    "gates",
    "import_months",
    "import_teams",
    "imports",
    "inbox",
    "job_inputs",
    "jobs",
    "leads",
    "marks",
    "member_words",
    "members",
    "menus",
    "metadata",
    "outbox",
    "payment_notes",
    "people",
    "periods",
    "permissions",
    "pool_shares",
    "pools",
    "postings",
    "prices",
    "products",
    "ranks",
    "relink_codes",
    "roles",
    "sale_lines",
    "sales",
    "seal",
    "sessions",
    "strikes",
    "teams",
    "tip_clocks",
    "unclear_texts",
    "volumes",
]
