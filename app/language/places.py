"""Countries and parts of them, in four languages: "and in Ireland?" behind a question about Germany."""

import re

_PLACES_TEXT = """
united kingdom|uk|great britain|britain|england|scotland|wales|northern ireland|ireland|republic of ireland|germany|
france|spain|italy|austria|switzerland|netherlands|holland|belgium|luxembourg|portugal|poland|denmark|sweden|norway|finland|
iceland|greece|malta|cyprus|croatia|czech republic|czechia|hungary|romania|bulgaria|slovakia|slovenia|estonia|latvia|
lithuania|turkey|ukraine|usa|us|united states|canada|australia|new zealand|japan|china|india|europe|eu|isle of man|
isle of wight|jersey|guernsey|channel islands|scottish highlands|highlands|canary islands|balearic islands|corsica|
mainland|london|dublin|belfast|berlin|paris|madrid|
vereinigtes königreich|großbritannien|schottland|nordirland|irland|deutschland|frankreich|spanien|italien|österreich|
schweiz|niederlande|belgien|luxemburg|polen|dänemark|schweden|norwegen|finnland|griechenland|zypern|kroatien|
tschechien|ungarn|türkei|kanada|europa|kanaren|kanarische inseln|balearen|korsika|wien|zürich|
royaume-uni|angleterre|écosse|irlande du nord|irlande|allemagne|espagne|italie|autriche|suisse|pays-bas|belgique|
pologne|danemark|suède|norvège|finlande|grèce|malte|chypre|croatie|hongrie|roumanie|turquie|états-unis|corse|
îles canaries|canaries|baléares|
reino unido|inglaterra|escocia|irlanda del norte|irlanda|alemania|francia|españa|italia|suiza|países bajos|bélgica|
polonia|dinamarca|suecia|noruega|finlandia|grecia|chipre|croacia|hungría|turquía|estados unidos|canarias|islas canarias|
baleares
"""
_PLACES = sorted("".join(_PLACES_TEXT.split("\n")).split("|"), key=len, reverse=True)
_PLACE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _PLACES))})(?!\w)", re.IGNORECASE)
_MOST_WORDS = 6
"""Words up to which a message that names a place does nothing else."""


def asked_elsewhere(question: str, said: str) -> str:
    """The question about the place that is named now; empty where either names none or several, or the same."""
    meant, spoken_of = _named(said), _named(question)
    if len(said.split()) > _MOST_WORDS or len(meant) != 1 or len(spoken_of) != 1 or meant == spoken_of:
        return ""
    place = next(iter(meant.values()))
    return _PLACE.sub(lambda _: place, question)


def _named(text: str) -> dict[str, str]:
    return {match.group().casefold(): match.group() for match in _PLACE.finditer(text)}
