"""Conversations: what the bot asks, how answers are read, and what each one ends with.

One folder a topic; `spec`, `caller`, `talk` and `answers` are shared by all. Pure: no clock, no
store, no network. May import core and company. Begin with `spec.py`.
"""
