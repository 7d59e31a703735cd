"""The terminal app. `views` turn values into rows without a terminal, `widgets` draw rows, `screens` join the two."""
