"""In which of the languages with fixed texts a customer writes, told by their small words."""

from collections import Counter
from collections.abc import Sequence

from app.language.reading import Reading, read

FALLBACK = "en"
BEGINNING = 300
"""Characters that tell a language, in a third of a millisecond."""

_SMALL_WORDS = {
    "en": "the i you is are to a my it and of in for can how do not what this that have with on was when where your me "
    "please does why which from be will hello thanks would could there they need help",
    "de": "der die das ich sie ist und nicht ein eine mein meine wie kann es zu mit fur auf den dem wo was wann bitte "
    "hallo danke habe haben wird mir mich von auch noch gibt wenn bei ihr ihre einen einem im aus nach oder warum "
    "wieso kein keine guten tag ja nein mochte konnen hilfe bestellung",
    "fr": "le la les je vous est et pas un une mon ma mes comment puis pour de du des avec sur ou quand ce cette que "
    "qui bonjour merci svp ai avez suis c j l d n quel quelle combien pourquoi mais oui non au aux nous votre ne en "
    "plait bonsoir commande",
    "es": "el la los las yo usted es y no un una mi mis como puedo para de del con en donde cuando que quien hola "
    "gracias por favor tengo tiene esta este se lo me su al cual cuanto si pero necesito quiero puede mas buenos "
    "buenas dias ayuda pedido",
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_TELLING = {
    "de": "hallo danke bitte guten tschuss nein ich nicht wie warum mochte",
    "fr": "bonjour merci bonsoir oui svp salut comment vous",
    "es": "hola gracias buenos buenas adios como quiero donde",
}
_TOLD_BY_ONE = {language: frozenset(words.split()) for language, words in _TELLING.items()}


def tongue_of(readings: Sequence[Reading], before: Sequence[str] = ()) -> str:
    """ "en", "de", "fr" or "es": by what is written now, by the messages before where that tells nothing."""
    return _told(readings) or _known(readings) or _told([read(message) for message in before[-5:]]) or FALLBACK


def told_tongue(text: str) -> str | None:
    """The language that a text's words tell, or None; of a long text the beginning is read."""
    readings = [read(text[:BEGINNING])]
    return _told(readings) or _known(readings)


def _known(readings: Sequence[Reading]) -> str | None:
    """By all words, where the small ones tell nothing."""
    from app.language.vocabulary import language_of_words

    return language_of_words(word for reading in readings for word in reading.words)


def _told(readings: Sequence[Reading]) -> str | None:
    held = frozenset[str]().union(*(reading.words for reading in readings))
    votes = Counter({language: len(held & known) for language, known in _SMALL.items()})
    (best, most), (_, second) = votes.most_common(2)
    if most > second and (most >= 2 or best == FALLBACK):
        return best
    return next((language for language, sure in _TOLD_BY_ONE.items() if held & sure and votes[language] == most), None)
