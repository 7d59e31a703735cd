"""What is drawn, as values: texts in cells, signs, colours, rows, keys. Nothing here knows a terminal."""
