"""Documents: read, repaired, cut into clauses; what a clause states."""
