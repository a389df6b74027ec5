"""What cannot wait for an article: danger to people from a product, harm to oneself, threats of violence, distress."""

from app.language.phrases import rules
from app.language.reading import Finding, Reading


def danger(reading: Reading) -> Finding:
    """Rather one handoff too many than one too few, but a burning question, a Fire TV and a smoke detector are none."""
    return rules("safety")["danger"].surest(reading)
