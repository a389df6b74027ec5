"""Measures of reading people: negative feeling, anger, and when a person should be brought in."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from app.care.answerers import Assessor
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Profile
from app.domain.decisions import EscalationPolicy, HandOff, decide_unsearched
from app.domain.turns import Lease, Turn
from app.eval.figures import auroc, best_f1
from app.eval.parts import EvalParts, Measure, Measured, Value, rows_of

NEGATIVE = "negative"


class Tweet(BaseModel):
    id: str
    text: str
    label: str


class Comment(BaseModel):
    id: str
    text: str
    angry: bool
    upset: bool


class Replay(BaseModel):
    """A conversation's customer messages, and the turn at which a person should come, if any."""

    id: str
    turns: list[str]
    handoff_turn: int | None


def measure_tweets(file: Path, parts: EvalParts) -> Measured:
    if parts.assessor is None:
        return Measured(measures=[])
    rows = rows_of(file, Tweet)
    scores = [parts.assessor.assess([row.text]).negative for row in rows]
    truth = [row.label == NEGATIVE for row in rows]
    measures = [
        Measure(file=file.stem, name="negative AUROC", count=len(rows), figure=auroc(scores, truth), floor=0.784),
        Measure(file=file.stem, name="negative best F1", count=len(rows), figure=best_f1(scores, truth), floor=0.817),
    ]
    predictions: list[Mapping[str, Value]] = [
        {"id": row.id, "negative_score": score} for row, score in zip(rows, scores, strict=True)
    ]
    return Measured(measures=measures, predictions=predictions)


def measure_comments(file: Path, parts: EvalParts) -> Measured:
    if parts.assessor is None:
        return Measured(measures=[])
    rows = rows_of(file, Comment)
    found = [parts.assessor.assess([row.text]) for row in rows]
    angry, upset = [each.anger for each in found], [each.upset for each in found]
    angry_f1, upset_f1 = best_f1(angry, [row.angry for row in rows]), best_f1(upset, [row.upset for row in rows])
    measures = [
        Measure(file=file.stem, name="angry best F1", count=len(rows), figure=angry_f1, floor=0.511),
        Measure(file=file.stem, name="upset best F1", count=len(rows), figure=upset_f1, floor=0.568),
    ]
    predictions: list[Mapping[str, Value]] = [
        {"id": row.id, "angry_score": a, "upset_score": u} for row, a, u in zip(rows, angry, upset, strict=True)
    ]
    return Measured(measures=measures, predictions=predictions)


def measure_replays(file: Path, parts: EvalParts) -> Measured:
    """Every turn counts as answered, so that only wish, feeling and safety bring a person in."""
    if parts.assessor is None:
        return Measured(measures=[])
    rows = rows_of(file, Replay)
    turns = [handoff_turn(row.turns, parts.assessor, parts.policy) for row in rows]
    pairs = [(row.handoff_turn, turn) for row, turn in zip(rows, turns, strict=True)]
    wanted = [(due, turn) for due, turn in pairs if due is not None]
    in_time = sum(turn is not None and due <= turn <= due + 1 for due, turn in wanted)
    false = sum(turn is not None and (due is None or turn < due) for due, turn in pairs)
    measures = [
        Measure(file=file.stem, name="handed off in time", count=len(wanted), figure=in_time / max(1, len(wanted))),
        Measure(file=file.stem, name="handed off falsely", count=len(rows), figure=false / max(1, len(rows))),
    ]
    predictions: list[Mapping[str, Value]] = [
        {"id": row.id, "handoff_turn": turn} for row, turn in zip(rows, turns, strict=True)
    ]
    return Measured(measures=measures, predictions=predictions)


def handoff_turn(said: Sequence[str], assessor: Assessor, policy: EscalationPolicy) -> int | None:
    """The first turn, counted from 0, at which the service would bring in a person."""
    for at in range(len(said)):
        assessment = assessor.assess([said[at]], said[:at])
        if isinstance(decide_unsearched(_turn(said[: at + 1]), assessment, policy), HandOff):
            return at
    return None


def _turn(said: Sequence[str]) -> Turn:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    messages = tuple(
        Message(id=str(seq), conversation_id="eval", seq=seq, author=Author.CUSTOMER, text=text, at=now)
        for seq, text in enumerate(said, 1)
    )
    conversation = Conversation(
        id="eval", customer_id="eval", channel="eval", status=ConversationStatus.WITH_ASSISTANT, opened_at=now
    )
    return Turn(
        id="eval",
        lease=Lease(conversation_id="eval", token=0, owner="eval"),
        conversation=conversation,
        profile=Profile(customer_id="eval"),
        messages=messages[-1:],
        history=messages[:-1],
    )
