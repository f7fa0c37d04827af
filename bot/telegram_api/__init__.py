"""Telegram's Bot API as seen from here: calls, what its refusals mean, its limits.

May import services, turn, store and what is below. Begin with `gateway.py`.
"""
