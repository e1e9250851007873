"""Plain text: folding, word lists and whole numbers, for everything that reads what people type."""
