"""The database itself: engines, the one writer, the schema, migrations.

`write` runs a unit of work, `read` looks at a snapshot. May import no other room of the store.
Begin with `database.py`; all tables are in `schema.py`.
"""
