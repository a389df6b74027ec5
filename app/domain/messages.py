"""What counts as a readable message. Pure rules."""

import unicodedata

KEPT = "\n\t"
JOINERS = {"\u200d", "\u200c", "\ufe0f"}


class UnreadableTextError(Exception):
    """The text is empty, too long, or no text at all; the reason is meant for the sender."""


def clean_text(text: str, longest: int) -> str:
    """The text without surrounding space and invisible characters. Raises UnreadableTextError."""
    if len(text) > longest:
        raise UnreadableTextError(f"The text has {len(text)} characters; at most {longest} are taken.")
    if any(_is_control(character) for character in text):
        raise UnreadableTextError("The text holds control characters: it seems to be binary.")
    seen = "".join(c for c in text if c in JOINERS or unicodedata.category(c) != "Cf").strip()
    if not seen:
        raise UnreadableTextError("The text is empty.")
    return seen


def _is_control(character: str) -> bool:
    return character not in KEPT + "\r" and unicodedata.category(character) in ("Cc", "Cs")
