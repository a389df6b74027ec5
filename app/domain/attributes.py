"""Which of the attributes that the business set a question asks for, by the words of its name. Pure rules."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from app.domain.customers import ALWAYS_PRODUCT_ATTRIBUTES, Attribute, is_plain

NEVER_SAID = frozenset({"first_name", "name", "email", "phone", *ALWAYS_PRODUCT_ATTRIBUTES})
"""Who they are, and what they own: nobody who asks for these asks for their records."""

_WORDS_TEXT = """
order bestell auftrag command pedid
parcel paket sendung colis paquete package shipment
delivery liefer livraison entrega
status stand statut estado where wo ou donde
next nachst prochain proxim
last letzt dernier ultim
plan tarif abo formul abonnement suscripcion subscription
refund erstattung ruckerstattung remboursement reembolso
payment zahlung paiement pago
invoice rechnung facture factura
date datum wann when quand cuando fecha
address adress direccion
repair reparatur reparation reparacion
balance guthaben solde saldo left
account konto compte cuenta
points punkte puntos
renewal verlanger renouvellement renovacion renew
warranty garantie garantia guarantee
tracking sendungsverfolgung suivi seguimiento
number nummer numero
price preis prix precio
contract vertrag contrat contrato
"""
_SAME = tuple(frozenset(line.split()) for line in _WORDS_TEXT.splitlines() if line)
"""Words that mean the same in four languages; endings are left off."""

_WHICH = ("what", "whats", "which", "was", "welch", "quel", "que", "cual")
"""By a name of one word only such questions ask for its value: "has my plan been cancelled" does not."""

_SHORT = 4
"""Letters below which a word must be the whole word."""


def attribute_meant(question: str, attributes: Iterable[Attribute]) -> Attribute | None:
    """The one all words of whose name are asked for; of several the one with the longest name."""
    asked = _words(question)
    meant = [
        each
        for each in attributes
        if each.name not in NEVER_SAID and is_plain(each.value) and _is_asked(_words(each.name), asked)
    ]
    return max(meant, key=lambda each: len(each.name), default=None)


def _is_asked(name: Sequence[str], asked: Sequence[str]) -> bool:
    if len(name) == 1 and not any(_begins(word, which) for word in asked for which in _WHICH):
        return False
    return bool(name) and all(any(_same(word, other) for other in asked) for word in name)


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    kin = next((words for words in _SAME if any(_begins(word, each) for each in words)), frozenset[str]())
    return any(_begins(other, each) for each in kin)


def _begins(word: str, stem: str) -> bool:
    return word == stem if len(stem) < _SHORT else word.startswith(stem)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(each for each in plain if not unicodedata.combining(each)))
