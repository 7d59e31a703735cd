"""The terminal app. `views` turn values into rows without a terminal, `widgets` draw rows, `screens` join the two."""

import os

# Textual reads this once, when it is loaded. At its own 60 frames a second a key waits for up to two of them.
os.environ.setdefault("TEXTUAL_FPS", "250")
