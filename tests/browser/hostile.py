"""400 texts that try to become something else than text, made from families.

python -m tests.browser.hostile        # prints them
"""

import itertools

from tests.browser import hostile_markup as markup
from tests.browser import hostile_words as words

COUNT = 400
FAMILIES = (
    markup.scripts,
    markup.handlers,
    markup.elements,
    markup.addresses,
    markup.markdown,
    markup.styles,
    words.templates,
    words.encodings,
    words.directions,
    words.controls,
    words.long_ones,
    words.names,
    words.frames,
    words.queries,
    words.orders,
)


def texts() -> list[str]:
    """Exactly COUNT different ones, the same on every run, every family among any run of them."""
    in_turn = itertools.zip_longest(*(family() for family in FAMILIES))
    different = dict.fromkeys(text for row in in_turn for text in row if text is not None)
    assert len(different) >= COUNT, f"only {len(different)}"
    return list(different)[:COUNT]


if __name__ == "__main__":
    for number, text in enumerate(texts()):
        print(f"{number:3} {text[:140]!r}")
