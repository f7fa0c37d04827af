"""How well the bot understands what people write, measured on labelled sentences."""
