"""The books: the only place that speaks SQL."""
