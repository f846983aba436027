"""How much of a source is read as one report."""

#: Characters of running text: extraction cuts a longer text off, with a warning, and pre-annotation refuses it. No report comes near.
MAX_CHARACTERS = 200_000
