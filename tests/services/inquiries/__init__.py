"""Questions to the office, and the notice of what waits there."""
