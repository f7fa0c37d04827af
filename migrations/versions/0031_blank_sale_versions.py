"""Photo and invoice of a former state of a sale may be blanked, when its seller is erased."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

SAID = "a former state of a sale is never changed or deleted"
SAID_BEFORE = "a former state of a sale is never changed or deleted"
BLANKED = ("invoice", "photo_id", "photo_key", "photo_kind")
STAYS = (
    *("sale_id", "version", "sold_on", "period", "total", "goods", "points", "bonus_value"),
    *("reference", "replaced_at", "replaced_by"),
)
CHANGED = " OR ".join(
    [
        *(f"OLD.{name} <> NEW.{name}" for name in STAYS),
        "COALESCE(OLD.customer_id, 0) <> COALESCE(NEW.customer_id, 0)",
        *(f"NEW.{name} <> '' AND NEW.{name} <> OLD.{name}" for name in BLANKED),
    ]
)


def upgrade() -> None:
    """Refuse every change but this one."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER sale_versions_stay")
        op.execute(
            f"CREATE TRIGGER sale_versions_stay BEFORE UPDATE ON sale_versions WHEN {CHANGED}"
            f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION sale_versions_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{SAID}'; END IF;"
        f" IF {CHANGED} THEN RAISE EXCEPTION '{SAID}'; END IF; RETURN NEW; END $$"
    )


def downgrade() -> None:
    """Refuse every change again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER sale_versions_stay")
        op.execute(
            "CREATE TRIGGER sale_versions_stay BEFORE UPDATE ON sale_versions"
            f" BEGIN SELECT RAISE(ABORT, '{SAID_BEFORE}'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION sale_versions_stay() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SAID_BEFORE}'; END $$"
    )
