"""The people of the stored database, known to the script that made it and to the tests."""

from datetime import UTC, datetime
from typing import Final

__all__ = [
    "ADMINS",
    "END",
    "LISTED",
    "MEMBERS",
    "MORNING",
    "NEWCOMERS",
    "OCTOBER",
    "PLACES",
    "SPONSORS",
    "USERS",
]

OCTOBER: Final = datetime(2026, 10, 12, 2, tzinfo=UTC)
MORNING: Final = datetime(2026, 11, 23, 2, tzinfo=UTC)
END: Final = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
"""Half past seven in Jakarta, when the bot still writes, and half past nine in Papua."""

ADMINS: Final = (
    "Budi Wijaya", "Wati Lestari", "Dian Permata", "Eka Saputra", "Fitri Handayani",
    "Gita Ayuni", "Hana Maharani", "Joko Susilo",
)  # fmt: skip
MEMBERS: Final = (
    "Sari Dewi", "Tuti Rahayu", "Rina Marlina", "Bayu Pratama", "Intan Sari", "Kiki Amalia",
    "Lina Puspita", "Mira Kartika", "Nina Safitri", "Oki Firmansyah", "Putri Melati",
    "Adam Smith", "Vina Anggraini", "Yanti Kusuma",
)  # fmt: skip
PLACES: Final = {"Tuti Rahayu": "papua"}
"""Who lives elsewhere than in Jakarta."""

SPONSORS: Final = {"Budi": "PUSAT", "Tuti": "Sari", "Rina": "Sari", "Kiki": "Tuti"}
"""Who has a sponsor other than Budi."""

LISTED: Final = "Tono Hidayat"
NEWCOMERS: Final = ("Qori", "Rudi", "Susi", "Tono", "Umar")

USERS: Final = {
    name.split()[0]: 5_001 + place for place, name in enumerate((*ADMINS, *MEMBERS, *NEWCOMERS))
}
