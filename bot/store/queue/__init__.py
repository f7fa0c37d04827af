"""The inbox and the outbox: what came from Telegram, and what is on its way there.

`inbox` and `in_progress` for updates; `outbox`, `claiming` and `outcomes` for messages. May
import `store.db`. Begin with `outbox.py`.
"""
