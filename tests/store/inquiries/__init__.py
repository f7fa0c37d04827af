"""Questions to the office and the FAQ entries made of them."""
