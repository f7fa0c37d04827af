"""Labelled sentences, by which it is measured how well the bot understands what people write."""
