"""What a seller would earn at a price: tests without a database."""
