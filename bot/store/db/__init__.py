"""The database itself: engines, the single writer, the schema, migrations.

`write` runs a unit of work, `read` queries a snapshot. May not import other packages of the store.
Begin with `database.py`; all tables are in `schema/`.
"""
