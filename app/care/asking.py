"""One question through the whole route of a turn, with nothing stored: for the command line and for measuring."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest

from app.care.answering import Answering
from app.care.records import TurnEnd
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Profile
from app.domain.replies import Sentence
from app.domain.turns import Lease, Turn

LEASE = Lease(conversation_id="asked", token=0, owner="asked")


@dataclass(kw_only=True)
class ScratchTurns:
    """Implements care.records.TurnRecords for a single turn that nobody else sees."""

    turn: Turn
    shown: list[Sentence] = field(default_factory=list[Sentence])
    end: TurnEnd | None = None

    async def begin_turn(self, lease: Lease) -> Turn | None:
        return self.turn if self.end is None else None

    async def append_sentence(self, turn: Turn, sentence: Sentence) -> None:
        self.shown.append(sentence)

    async def finish_turn(self, turn: Turn, end: TurnEnd) -> Lease | None:
        self.end = end
        return None

    async def queue_length(self) -> int:
        return 0

    async def renew(self, leases: Sequence[Lease]) -> None: ...

    async def release(self, lease: Lease) -> None: ...

    async def take_due(self, owner: str, limit: int) -> Sequence[Lease]:
        return ()

    async def overdue(self, before: datetime) -> int:
        return 0


@dataclass(frozen=True, kw_only=True)
class Asking:
    """`answering` makes the service's own Answering on the given records; `refresh` sees to it that the policies are
    those that hold now."""

    answering: Callable[[ScratchTurns], Answering]
    refresh: Callable[[], Awaitable[None]]
    clock: Callable[[], datetime]

    async def ask(
        self,
        text: str,
        before: Sequence[str] = (),
        profile: Profile | None = None,
        replies: Sequence[str] = (),
    ) -> TurnEnd:
        """How the service would end a turn with this message, after these earlier ones of the customer and what was
        replied to each."""
        await self.refresh()
        history = _history(before, replies)
        scratch = ScratchTurns(turn=self._turn(text, history, profile or Profile(customer_id="asked")))
        await self.answering(scratch).take_turns(LEASE)
        if scratch.end is None:
            raise RuntimeError("the turn did not end")
        return scratch.end

    def _turn(self, text: str, history: Sequence[tuple[Author, str]], profile: Profile) -> Turn:
        now = self.clock()
        said = [
            Message(id=f"m{seq}", conversation_id="asked", seq=seq, author=author, text=words, at=now)
            for seq, (author, words) in enumerate([*history, (Author.CUSTOMER, text)], 1)
        ]
        conversation = Conversation(
            id="asked",
            customer_id=profile.customer_id,
            channel="cli",
            status=ConversationStatus.WITH_ASSISTANT,
            opened_at=now,
        )
        return Turn(
            id="asked",
            lease=LEASE,
            conversation=conversation,
            profile=profile,
            messages=tuple(said[-1:]),
            history=tuple(said[:-1]),
        )


def _history(before: Sequence[str], replies: Sequence[str]) -> list[tuple[Author, str]]:
    """In the order in which it was said."""
    said = zip_longest([(Author.CUSTOMER, text) for text in before], [(Author.ASSISTANT, text) for text in replies])
    return [one for pair in said for one in pair if one is not None]
