"""Slips of the fingers in the words by which customers ask for people: "agnet", "humna", "tlak", "representitive"."""

from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase

_MEANT = """
human person people agent representative operator manager supervisor someone somebody anyone anybody support customer
service executive assistant employee specialist advisor consultant colleague team speak talk chat connect transfer
contact please callback complaint real want need thanks thank hello refund useless ridiculous unacceptable terrible
working answer question problem
"""
_KEPT = """
humane humans persons person's personal persona parson prison agents agency regent argent assent event urgent managers
manages managed manage manged supervisors operators operate operated operates supports supported services serviced
customers customer's custom customs executives execute employees employer employed speaks speaker speck spear sneak
peak talks talked walk balk tall tale take talc tack tank tasks task chats chap chart cheat hat cha char that what
connects connected connector transfers contract contacts contracts contracted pleased pleas pleases release relate
refunds refined refunded refunding reuse worming answers answered questions questioned problems reals ream read reel
meal deal seal heal zeal wants wand wait wont when warm wane needs nee seed feed weed deed knee teams tea tear teat
meat steam ream than hank rank thinks think tanks thanos hell hallo help held shell terribly callbacks complains
complaints complain compliant consultants consult specialists advisors colleagues assistants assistance peoples
representatives wording workings
"""
"""Words of their own that lie one slip from a word that is meant."""
_OFTEN = {
    "representitive": "representative", "representive": "representative", "reprasentative": "representative",
    "representetive": "representative", "respresentative": "representative", "costumer": "customer",
    "coustmer": "customer", "coustomer": "customer", "cutomer": "customer", "custumer": "customer",
    "supervizer": "supervisor", "superviser": "supervisor", "manger": "manager", "hooman": "human",
    "peopel": "people", "poeple": "people", "somone": "someone", "sombody": "somebody", "exicutive": "executive",
    "excutive": "executive", "executiv": "executive", "rediculous": "ridiculous", "rediculus": "ridiculous",
    "unexceptable": "unacceptable", "unaceptable": "unacceptable", "ppl": "people", "tlk": "talk", "spk": "speak",
    "adviser": "advisor",
}  # fmt: skip


def corrected(word: str) -> str:
    """The word that was meant, where one slip explains it; every other word as it is."""
    return _slips().get(word, word)


@cache
def _slips() -> dict[str, str]:
    meant = _MEANT.split()
    slips = {slip: word for word in meant for slip in _one_slip_from(word)}
    kept = {*_KEPT.split(), *meant}
    return {slip: word for slip, word in slips.items() if slip not in kept} | _OFTEN


def _one_slip_from(word: str) -> Iterator[str]:
    """Neighbours swapped in any word; letters lost, doubled, added or wrong only where the word stays recognisable."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) >= 5:
        for at in range(1, len(word)):
            yield word[:at] + word[at - 1] + word[at:]
            yield word[:at] + word[at + 1 :]
    if len(word) >= 6:
        yield from _wrong_or_added(word)


def _wrong_or_added(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
