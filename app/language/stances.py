"""Whether a statement says that something may be, or that it must be. Pure; English, German, French and Spanish."""

import re

YES, NO = "yes", "no"


def may_be(sentence: str) -> str | None:
    """None where it says neither."""
    if _MAY_NOT.search(sentence):
        return NO
    return YES if _MAY.search(sentence) else None


def must_be(sentence: str) -> str | None:
    """None where it says neither."""
    if _NEED_NOT.search(sentence):
        return NO
    return YES if _MUST.search(sentence) else None


def _words(*patterns: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])", re.IGNORECASE)


_DONE = (
    r"(?:allow|permit|admit|accept|offer|take|carry|cover|includ|refund|exchang|transfer|pass|return|combin|ship|deliver"
    r"|use|bring|suppl|support|reus|wash|waterproof|available|possible|valid|provid|let|welcom|sell|issu|bill|charg)\w*"
)

_MAY_NOT = _words(
    r"(?:can|could|may|must|will|is|are|do|does|was|were)(?: ?not|n't)(?: \w+){0,3} " + _DONE,
    r"(?:cannot|can't|can not|may not|must not|mustn't|forbidden|prohibited|impossible|unavailable|excluded)",
    r"not (?:\w+ )?(?:transferable|allowed|permitted|possible|included|covered|suitable|refundable|admitted|accepted)",
    r"non-(?:transferable|refundable|returnable)|no longer (?:possible|accepted|available|offered)",
    r"(?:we|they) (?:never|no longer) \w+|never \w+",
    r"no \w+(?: or \w+)? (?:is|are) (?:allowed|permitted|admitted|accepted)",
    r"(?:nicht|kein|keine|keinen) (?:\w+ ){0,3}(?:möglich|erlaubt|gestattet|übertragbar|dürfen|können)",
    r"(?:dürfen|darf|können|kann|ist|sind) (?:\w+ ){0,3}(?:nicht|kein\w*)|verboten|ausgeschlossen",
    r"ne (?:peut|peuvent|pouvez|sont|est) pas|interdit\w*|impossible|n'est pas|ne sont pas",
    r"no (?:se )?(?:puede|pueden|está|están|es|son|se admiten|se permite\w*|admitimos)|prohibid\w*",
)
_MAY = _words(
    r"(?:can|may|could)(?! (?:not|lead|cause|happen))",
    r"(?:is|are) (?:\w+ )?(?:allowed|permitted|welcome|possible|included|covered)",
    r"(?:is|are) (?:\w+ )?(?:transferable|accepted|admitted|suitable)",
    r"(?:we|they) (?:\w+ )?(?:allow|accept|admit|offer|welcome|carry|cover|take back)|feel free|welcome",
    r"(?:kann|können|darf|dürfen|möglich|erlaubt|gestattet|willkommen|übertragbar)",
    r"(?:peut|peuvent|pouvez|possible|autorisé\w*|bienvenu\w*|permis\w*)",
    r"(?:puede|pueden|posible|permitid\w*|bienvenid\w*|admitimos)",
)
_NEED_NOT = _words(
    r"(?:do|does) ?(?:not|n't) (?:have|need) to|don't (?:have|need) to|need not|needn't",
    r"not (?:\w+ )?(?:required|needed|necessary)",
    r"no (?:\w+ ){1,3}(?:is |are )?(?:required|needed|necessary)|optional|(?:there is )?no need|without any \w+ing",
    r"(?:muss|müssen|brauch\w+) (?:\w+ ){0,4}(?:nicht|kein\w*)|nicht (?:nötig|erforderlich|notwendig)|freiwillig",
    r"(?:pas|aucun\w*) (?:\w+ ){0,3}(?:nécessaire|obligatoire|besoin)|facultati\w+",
    r"no (?:es |hace )?(?:\w+ ){0,3}(?:necesari\w+|obligatori\w+|falta)|opcional",
)
_MUST = _words(
    r"(?:must|have to|has to|required|needed|necessary|mandatory|compulsory|obligatory|is needed|only with)",
    r"(?:muss|müssen|erforderlich|notwendig|nötig|verpflichtend|pflicht)",
    r"(?:devez|doit|doivent|faut|obligatoire|nécessaire)",
    r"(?:debe|deben|hay que|obligatori\w+|necesari\w+|tiene que)",
)
