"""When people are here again, said to a customer who reached nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.care.answerers import Wording
from app.care.policies import Policies
from app.domain.hours import DAYS


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Reads the hours of the policies."""

    policies: Policies
    wording: Wording
    clock: Callable[[], datetime]

    def next_fields(self, language: str) -> Mapping[str, str]:
        """What the text `back_at` fills in: day, time and zone. Nothing without hours, within them, and where nobody
        comes back within a month."""
        now, hours = self.clock(), self.policies.current.hours
        if hours is None or hours.open_at(now):
            return {}
        opens = hours.next_open(now)
        if opens is None:
            return {}
        is_today = opens.date() == now.astimezone(hours.zone).date()
        day = "day_today" if is_today else f"day_{DAYS[opens.weekday()]}"
        zone = hours.zone.key.rpartition("/")[2].replace("_", " ")
        return {"day": self.wording.say(day, language), "time": f"{opens:%H:%M}", "zone": zone}
