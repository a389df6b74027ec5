"""How we look things up: parsers, passages, hybrid search. Chroma ends here."""
