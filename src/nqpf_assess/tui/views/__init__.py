"""From the session's values to rows and lines, in one language and width; no Textual, no files, no arithmetic."""
