"""What all bodies of requests have in common."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Unknown fields are refused: a mistyped one would otherwise be lost without a word."""

    model_config = ConfigDict(extra="forbid")
