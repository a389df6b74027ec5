"""The word on a quotation that does not stand in the customer's language. Pure."""

from collections.abc import Iterable, Sequence

from app.care.answerers import Wording
from app.domain.checking import Draft
from app.domain.knowledge import FoundPassage
from app.domain.replies import Sentence

NAMED = ("en", "de", "fr", "es")
"""Languages that the texts `found_only_in_*` name."""


def foreign_notice(
    draft: Draft, found: Iterable[FoundPassage], language: str, said: Sequence[Sentence], wording: Wording
) -> str | None:
    """What is said before the quotation, in the customer's language; None where the words are their own language's,
    or a model's, or where it was `said` above in this reply."""
    if not draft.quoted or not draft.cited:
        return None
    of = next((_code(each.passage.language) for each in found if each.passage.id == draft.cited[0]), "")
    if of == _code(language) or of not in NAMED:
        return None
    notice = wording.say(f"found_only_in_{of}", language)
    return None if any(notice in sentence.text for sentence in said) else notice


def _code(language: str) -> str:
    """ "de-AT" is "de"."""
    return language.split("-")[0].lower()
