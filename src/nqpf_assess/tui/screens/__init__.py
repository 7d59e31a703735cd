"""One file a screen: each reads the session, fills its widgets, and answers their messages."""
