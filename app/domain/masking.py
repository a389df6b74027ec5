"""Card numbers and passwords are masked before a message is stored. Pure rules."""

import re

_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])")
_PASSWORD = re.compile(
    r"(?i)\b((?:password|passwort|mot de passe|contraseña|pin)\s*(?:(?:ist|is|est|es)\s|[:=])\s*)(\S+)"
)


def masked(text: str) -> str:
    """The text with card numbers cut to their last four digits and stated passwords blotted out."""
    return _PASSWORD.sub(_blotted, _CARD.sub(_last_four, text))


def _last_four(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found.group())
    return f"[card number ending in {digits[-4:]}]" if _passes_luhn(digits) else found.group()


def _blotted(found: re.Match[str]) -> str:
    """A secret has a digit or a sign in it: "my password is wrong" tells none."""
    secret = found.group(2)
    return f"{found.group(1)}[hidden]" if re.search(r"[\d\W_]", secret.rstrip(".,;:!?")) else found.group()


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
