"""`demo`: a small company on a local Telegram, to try the bot in the browser."""
