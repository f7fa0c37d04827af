"""The inbox and the outbox: updates from Telegram, and messages to it.

`inbox` and `in_progress` for updates; `outbox`, `claiming` and `outcomes` for messages. May
import `store.db`. Begin with `outbox.py`.
"""
