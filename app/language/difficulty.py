"""Whether the customer says, or shows by asking it again, that what was written did not help."""

from collections.abc import Sequence

from app.language.phrases import rules
from app.language.reading import NOTHING, Finding, Reading, read, surest

FEW_WORDS = 8
ALIKE = 0.8
"""Of the words of two messages together, the share that both hold; from there on it is the same question."""
FEWEST_TO_REPEAT = 4


def difficulty(reading: Reading, before: Sequence[str] = ()) -> Finding:
    """`before` are the customer's earlier messages: "still not working" says more once something was answered."""
    tables = rules("difficulty")
    found = [tables["said"].surest(reading)]
    if before or len(reading.spans) <= FEW_WORDS:
        found.append(tables["still"].surest(reading))
    if before:
        found += [tables["tried"].surest(reading), _repeated(reading, before)]
    return surest(*found)


def _repeated(reading: Reading, before: Sequence[str]) -> Finding:
    words = _words(reading)
    if len(words) < FEWEST_TO_REPEAT:
        return NOTHING
    for text in before:
        earlier = _words(read(text))
        if len(words & earlier) >= ALIKE * len(words | earlier):
            return Finding(score=0.7, evidence=reading.text.strip())
    return NOTHING


def _words(reading: Reading) -> frozenset[str]:
    return frozenset(word for word in reading.words if word[0].isalnum())
