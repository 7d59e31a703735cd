"""Pages that show what comes of the answers: results, plan, follow-up, comparison, report."""
