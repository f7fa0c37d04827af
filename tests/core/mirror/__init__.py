"""A month in the mirror: days and sums."""
