"""English: the words are the keys of the catalogues."""
