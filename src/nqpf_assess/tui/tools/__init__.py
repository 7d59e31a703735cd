"""Pages for what the command line can do for one person, besides answering: merge, migrate, cohort, editors."""
