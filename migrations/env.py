"""Alembic's entry point; the bot runs the steps itself, see bot/store/db/migrations.py."""

from alembic import context

context.run_migrations()
