"""A local Telegram: the Bot API over HTTP, as strict as the real one, and phones for people."""
