"""Pages that edit content: rubrics with pairwise comparison (AHP), and questions."""
