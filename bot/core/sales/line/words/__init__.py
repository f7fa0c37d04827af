"""The words of a line about a sale: what they mean, and what short forms and slips stand for."""
