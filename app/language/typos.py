"""Slips of the fingers in the words by which customers ask for people: "agnet", "humna", "tlak", "representitive"."""

from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase

_WORDS = ["human", "person", "people", "agent", "representative", "operator", "manager", "supervisor", "someone", "somebody", "anyone", "anybody", "support", "customer", "service", "executive", "assistant", "employee", "specialist", "advisor", "consultant", "colleague", "team", "speak", "talk", "chat", "connect", "transfer", "contact", "please", "callback", "complaint", "real", "want", "need", "thanks", "thank", "hello", "refund", "useless", "ridiculous", "unacceptable", "terrible", "working", "answer", "question", "problem"]
_FIXED = {
    "representitive": "representative", "representive": "representative", "reprasentative": "representative",
    "representetive": "representative", "respresentative": "representative", "costumer": "customer",
    "coustmer": "customer", "coustomer": "customer", "cutomer": "customer", "custumer": "customer",
    "supervizer": "supervisor", "superviser": "supervisor", "manger": "manager", "hooman": "human",
    "peopel": "people", "poeple": "people", "somone": "someone", "sombody": "somebody", "exicutive": "executive",
    "excutive": "executive", "executiv": "executive", "rediculous": "ridiculous", "rediculus": "ridiculous",
    "unexceptable": "unacceptable", "unaceptable": "unacceptable", "ppl": "people", "tlk": "talk", "spk": "speak",
    "adviser": "advisor", "humans": "humans", "persons": "persons",
}  # fmt: skip
_REAL = frozenset(
    ["humane", "humans", "persons", "person's", "personal", "persona", "parson", "prison", "agents", "agency", "regent", "argent", "assent", "event", "urgent", "managers", "manages", "managed", "manage", "manged", "supervisors", "operators", "operate", "operated", "operates", "supports", "supported", "services", "serviced", "customers", "customer's", "custom", "customs", "executives", "execute", "employees", "employer", "employed", "speaks", "speaker", "speck", "spear", "sneak", "peak", "talks", "talked", "walk", "balk", "tall", "tale", "take", "talc", "tack", "tank", "tasks", "task", "chats", "chap", "chart", "cheat", "hat", "cha", "char", "that", "what", "connects", "connected", "transfers", "contract", "contacts", "contracts", "pleased", "pleas", "pleases", "release", "relate", "refunds", "refined", "reuse", "working", "worming", "answers", "answered", "swer", "questions", "questioned", "problems", "reals", "ream", "read", "reel", "meal", "deal", "seal", "heal", "zeal", "rea", "wants", "wand", "wait", "wont", "when", "warm", "want", "wane", "need", "needs", "nee", "seed", "feed", "weed", "deed", "knee", "team", "teams", "tea", "tear", "teat", "meat", "steam", "ream", "thank", "thanks", "tank", "than", "hank", "rank", "thinks", "think", "hell", "hallo", "help", "held", "shell", "terribly", "teams", "callbacks", "complains", "complaints", "complain", "complaint", "consultants", "consult", "specialists", "specialties", "specialist's", "advisors", "colleagues", "assistants", "assistance", "assistants'", "person", "peoples", "employees", "representatives", "compliant", "wording", "thanos", "tanks", "workings", "connector", "contracted", "refunded", "refunding"]
)


def corrected(word: str) -> str:
    """The word that was meant, where one slip explains it; every other word as it is."""
    return _slips().get(word, word)


@cache
def _slips() -> dict[str, str]:
    slips = {slip: word for word in _WORDS for slip in _one_slip_from(word)}
    kept = _REAL | set(_WORDS)
    return {slip: word for slip, word in slips.items() if slip not in kept} | _FIXED


def _one_slip_from(word: str) -> Iterator[str]:
    """Neighbours swapped in any word; letters lost, doubled, added or wrong only where the word stays recognisable."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) < 5:
        return
    for at in range(1, len(word)):
        yield word[:at] + word[at - 1] + word[at:]
        yield word[:at] + word[at + 1 :]
    if len(word) < 6:
        return
    for at in range(1, len(word)):
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at + 1 :]
            yield word[:at] + letter + word[at:]
