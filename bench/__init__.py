"""Measures how fast the bot answers; nothing of it is part of the bot."""
