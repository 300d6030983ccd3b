"""Reading a clause for a question: a small network that says where the answering words begin and end."""
