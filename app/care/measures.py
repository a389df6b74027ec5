"""What the service counts of itself while it works."""

from typing import Protocol

from app.domain.deliveries import EndpointKind, Tried
from app.domain.replies import Outcome


class Measures(Protocol):
    """Counted as it happens; implementations are quick and never raise."""

    def turn_ended(self, outcome: Outcome, seconds: float) -> None:
        """`seconds` since the oldest message that the turn met was received."""
        ...

    def first_text(self, seconds: float) -> None:
        """Since the oldest message was received until the first sentence was committed."""
        ...

    def model_asked(self, succeeded: bool) -> None: ...

    def delivery_tried(self, kind: EndpointKind, tried: Tried) -> None: ...


class NoMeasures:
    """Where nobody counts: the command line, tests."""

    def turn_ended(self, outcome: Outcome, seconds: float) -> None: ...

    def first_text(self, seconds: float) -> None: ...

    def model_asked(self, succeeded: bool) -> None: ...

    def delivery_tried(self, kind: EndpointKind, tried: Tried) -> None: ...
