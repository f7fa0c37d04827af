"""What all tables are made of: the metadata, and parts that repeat."""

from sqlalchemy import CheckConstraint, Column, Index, MetaData, Table, text
from sqlalchemy.schema import SchemaItem

from bot.store.db.types import Big

__all__ = ["check_one_of", "id_column", "metadata", "partial_index", "table"]

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: SchemaItem) -> Table:
    """Returns a new table of the database; STRICT on SQLite."""
    return Table(name, metadata, *parts, sqlite_strict=True)


def id_column() -> Column[int]:
    """Returns a primary key that the database numbers."""
    return Column("id", Big, primary_key=True, autoincrement=True)


def check_one_of(column: str, *values: str) -> CheckConstraint:
    """Returns a constraint, named like the column, that allows only these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def partial_index(name: str, where: str, *columns: Column[object]) -> Index:
    """Returns an index on the columns, with only the rows that meet the condition `where`."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
