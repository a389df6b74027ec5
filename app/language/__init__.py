"""How we read words: embeddings, terms, sentences into comparable values, feeling weights."""
