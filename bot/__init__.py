"""Jual Dulu: the pocket office of a direct-selling company, as a Telegram bot."""
