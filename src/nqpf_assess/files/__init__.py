"""Text files to values and back: TOML with positions, the library of content, lint rules, the store of answers."""
