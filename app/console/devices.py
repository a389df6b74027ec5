"""What an agent calls the browser that they signed in with: its name and system, read from `User-Agent`."""

from collections.abc import Sequence

UNKNOWN = "Unknown browser"

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_of(user_agent: str) -> str:
    """Nothing of the header itself: anybody may write anything there."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser is None:
        return UNKNOWN
    return browser if system is None else f"{browser}, {system}"


def _first(names: Sequence[tuple[str, str]], user_agent: str) -> str | None:
    return next((name for mark, name in names if mark in user_agent), None)
