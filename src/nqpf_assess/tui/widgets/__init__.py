"""What is drawn: lines, lists of rows, the frame. Widgets are given values and post messages; they know no files."""
