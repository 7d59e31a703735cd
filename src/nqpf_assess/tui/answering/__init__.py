"""Pages that ask: whom it is about, facts and questions, what stands beside an answer, the weights that fit, review."""
