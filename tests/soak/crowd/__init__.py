"""The people of a soak: what they do on their phones, and what they were told."""
