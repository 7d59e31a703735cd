"""What every page hangs in: the app as pages see it, the page with its frame, lists, forms, dialogs."""
