"""What a company may set of how it answers: rules, texts, prices; and what of it is refused, and why. Pure rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import cast

from app.domain.decisions import EscalationPolicy
from app.domain.hours import Hours

LONGEST_TEXT = 2_000
LONGEST_NAME = 200

Body = Mapping[str, object]
"""A policy as it is kept: plain JSON."""

Texts = Mapping[str, str]

RULES, HOURS, PRICES, TEXTS = "rules", "hours", "prices", "texts."
"""Names of policies; that of a language's texts ends with the language."""

BOUNDS: Mapping[str, tuple[float, float]] = {
    "wish_at": (0.1, 0.9),
    "answerable_at": (0.05, 0.95),
    "misses_before_handoff": (1, 5),
    "fewest_words_to_search": (0, 10),
    "words_of_its_own": (0.0, 0.6),
}
"""Within these a person stays reachable, and something can still be answered."""

MUST_SAY_AI = ("ai_notice", "who_are_you")
_SAYS_AI = re.compile(r"(?<!\w)(?:[AKI]\.?[IA]\.?(?!\w)|artificial|artificiel|inteligencia|künstlich)", re.IGNORECASE)


class PolicyRefusedError(Exception):
    """A policy that cannot be; the reason is meant for its author."""


@dataclass(frozen=True, kw_only=True)
class Price:
    """Of a million tokens, in the company's currency."""

    input: float
    output: float


@dataclass(frozen=True, kw_only=True)
class Prices:
    """What a model's tokens cost, by the model's name."""

    currency: str
    by_model: Mapping[str, Price]

    def of(self, model: str, input_tokens: int, output_tokens: int) -> float | None:
        """None for a model without a price."""
        price = self.by_model.get(model)
        return None if price is None else (input_tokens * price.input + output_tokens * price.output) / 1_000_000


@dataclass(frozen=True, kw_only=True)
class PolicySet:
    """All policies that hold now. `texts` are those that differ from the files, by language and key."""

    rules: EscalationPolicy = field(default_factory=EscalationPolicy)
    hours: Hours | None = None
    prices: Prices | None = None
    texts: Mapping[str, Texts] = field(default_factory=dict[str, Texts])


def rules_from(body: Body, defaults: EscalationPolicy) -> EscalationPolicy:
    """What is not set is as by default. Raises PolicyRefusedError."""
    _check_names(body, BOUNDS)
    return replace(defaults, **{name: _bounded(name, value) for name, value in body.items()})  # type: ignore[arg-type]


def texts_from(body: Body, fields: Mapping[str, frozenset[str]]) -> Texts:
    """`fields` that each text fills in, by its key. Raises PolicyRefusedError."""
    _check_names(body, fields)
    return {key: _text(key, value, fields[key]) for key, value in body.items()}


def prices_from(body: Body) -> Prices | None:
    """None where none are set. Raises PolicyRefusedError."""
    if not body:
        return None
    _check_names(body, ("currency", "per_million"))
    currency, models = body.get("currency"), body.get("per_million")
    if not isinstance(currency, str) or not re.fullmatch(r"[A-Z]{3}", currency):
        raise PolicyRefusedError("currency: three capital letters, like EUR.")
    if not isinstance(models, dict):
        raise PolicyRefusedError("per_million: prices by the model's name.")
    by_model = cast("Mapping[object, object]", models)
    return Prices(currency=currency, by_model={str(name): _price(str(name), value) for name, value in by_model.items()})


def fields_in(text: str) -> frozenset[str]:
    """The names in braces. Raises PolicyRefusedError for a brace that opens none, and for anything but a name."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise PolicyRefusedError(f"a brace opens no field: {error}") from error
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise PolicyRefusedError("a field holds its name alone")
    return frozenset(str(name) for _, name, _, _ in parts)


def _check_names(body: Body, known: Mapping[str, object] | tuple[str, ...]) -> None:
    if unknown := sorted(set(body) - set(known)):
        told = ", ".join(unknown).encode("ascii", "backslashreplace").decode()
        raise PolicyRefusedError(f"Nothing is called {told}.")


def _bounded(name: str, value: object) -> float:
    least, most = BOUNDS[name]
    whole = isinstance(least, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise PolicyRefusedError(f"{name}: a {'whole ' if whole else ''}number.")
    if not least <= value <= most:
        raise PolicyRefusedError(f"{name}: from {least} to {most}.")
    return value


def _text(key: str, value: object, fields: frozenset[str]) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PolicyRefusedError(f"{key}: a text.")
    if len(value) > LONGEST_TEXT:
        raise PolicyRefusedError(f"{key}: at most {LONGEST_TEXT} characters.")
    if any((ord(sign) < 32 and sign != "\n") or 0xD800 <= ord(sign) < 0xE000 for sign in value):
        raise PolicyRefusedError(f"{key}: holds control characters.")
    try:
        held = fields_in(value)
    except PolicyRefusedError as error:
        raise PolicyRefusedError(f"{key}: {error}.") from error
    if held != fields:
        wanted = ", ".join(f"{{{name}}}" for name in sorted(fields)) or "no fields"
        raise PolicyRefusedError(f"{key}: must hold {wanted}.")
    if key in MUST_SAY_AI and not _SAYS_AI.search(value):
        raise PolicyRefusedError(f"{key}: must say that an AI answers.")
    return value.strip()


def _price(name: str, value: object) -> Price:
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise PolicyRefusedError(
            f"per_million: a model's name is a printable text of at most {LONGEST_NAME} characters."
        )
    held = cast("Mapping[str, float]", value) if isinstance(value, dict) else dict[str, float]()
    if set(held) != {"input", "output"} or not all(_is_amount(amount) for amount in held.values()):
        raise PolicyRefusedError(f"{name}: input and output, each the price of a million tokens.")
    return Price(input=held["input"], output=held["output"])


def _is_amount(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1_000_000
