"""Pages that belong to no step: the start page, files, the menu, help, about."""
