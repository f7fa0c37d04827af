"""The client of Telegram's Bot API: calls, the meaning of refusals, rate limits.

May import services, turn, store and what is below. Begin with `gateway.py`.
"""
