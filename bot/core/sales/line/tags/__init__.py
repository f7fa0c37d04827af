"""Which words of a line are the buyer, by weights that were learned from many lines."""
