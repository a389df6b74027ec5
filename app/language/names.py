"""The names that customers give themselves: "my name is", "I'm Anna", a signature. "I'm Angry" is none."""

import re

WORD = r"[A-ZÀ-Þ][a-zà-ÿ'’-]+"
"""A word that begins with a capital."""

_NAME_WORDS = rf"{WORD}(?:\s{WORD}){{0,2}}"
_END = r"(?=\s*(?:$|[.,!?;:\n)(]|\s(?:and|from|here|und|aus|et|de|y)\b))"

_NAMED = re.compile(
    rf"(?<!think )(?<!say )\b(?i:my (?:first |full )?name is|my name['’]s|i am called|ich heiße|mein name ist"
    rf"|je m['’]appelle|mon nom est|me llamo|mi nombre es)\s+(?P<name>{_NAME_WORDS}|[a-zà-ÿ]{{3,15}}{_END})"
)
_I_AM = re.compile(
    rf"(?:^|[.!,;\n]\s*)(?:(?i:hi|hello|hey),? )?(?i:i['’]m|i am|this is)\s(?P<name>{_NAME_WORDS}){_END}"
)
_HERE = re.compile(rf"^\s*(?:(?i:hi|hello|hey),? )?(?P<name>{_NAME_WORDS})\s(?i:here|speaking)(?=\s*[.,!:\n-])")
_SIGNED = re.compile(
    r"(?i:regards|best wishes|best|thanks|thank you|many thanks|cheers|sincerely|grüße|grüßen|gruß|cordialement|merci"
    rf"|saludos|gracias|atentamente)\s*,?[ \t]*\n+\s*(?P<name>{_NAME_WORDS})\s*$"
)
_NO_NAMES_TEXT = (
    "not the wrong missing spelled spelt misspelled incorrect still also already just really very so sorry "
    "happy angry sure afraid german english french spanish british irish american italian dutch swiss austrian "
    "polish turkish looking writing trying having going using a an on in at from with my your his her new here "
    "there back disappointed frustrated furious upset unhappy glad pleased done ready available interested "
    "monday tuesday wednesday thursday friday saturday sunday good great fine bad terrible unacceptable "
    "ridiculous urgent customer team support being getting waiting wondering nobody everyone what who it that "
    "this regarding about and thanks thank right over down out up stuck come only same dumped stranded "
    "vegan vegetarian pregnant disabled diabetic deaf blind canadian australian japanese chinese indian russian "
    "confused curious serious lost tired worried concerned annoyed fed sick old late ok okay alone currently "
    "always never awful horrible insane crazy nonsense fraud theft spam unbelievable outrageous amazing perfect "
    "lovely retired "
)
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())


def own_name(text: str) -> str | None:
    """The name that the writer gives as theirs."""
    for pattern in (_NAMED, _I_AM, _HERE, _SIGNED):
        for match in pattern.finditer(text):
            words = match["name"].split()
            if not any(word.lower() in _NO_NAMES for word in words):
                return match["name"] if match["name"][0].isupper() else match["name"].capitalize()
    return None
