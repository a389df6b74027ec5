"""What all bodies of requests have in common."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

LINE = r"^[^\x00-\x1f\x7f]+$"
"""No control characters: a database refuses some of them, and a backup that holds one cannot move to it."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=LINE)]


class Strict(BaseModel):
    """Unknown fields are refused: a mistyped one would otherwise be lost without a word."""

    model_config = ConfigDict(extra="forbid")
