"""The terminal app: screens and widgets that show values and post messages."""
