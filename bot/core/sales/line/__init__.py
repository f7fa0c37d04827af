"""The parts of a line about a sale: its tokens, its goods, its buyer, its amounts and its day."""
