"""The names of the jobs that run in child processes, and of what these count."""

from typing import Final

__all__ = ["CHECK", "CLOSE", "COUNT", "COUNTS", "IMPORT", "IMPORT_MEMBERS"]

CLOSE: Final = "close"
"""The kind of job that closes a month."""

COUNT: Final = "count month"
"""The kind of job that calculates a month, so that it can be shown."""

IMPORT_MEMBERS: Final = "import members"
"""The kind of job that imports members for the command line."""

IMPORT: Final = "list import"
"""The kind of job that imports a list which an admin has sent."""

CHECK: Final = "check list"
"""The work on such a list before it is confirmed."""

COUNTS: Final = (
    "added", "changed", "same", "kept", "missing", "openings", "opening", "much", "late"
)  # fmt: skip
"""What is counted in a list that is imported."""
