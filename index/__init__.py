"""From clauses to a searchable snapshot: passages, terms, vectors."""
