"""`demo`: a small living company on a local Telegram, to be played with and thrown away."""
