"""Customers of a month: what the store counts, on both engines."""
