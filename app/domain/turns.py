"""A turn: the assistant's work on the messages not yet answered, under the conversation's lease. Pure values."""

from dataclasses import dataclass, replace

from app.domain.conversations import Conversation, Message
from app.domain.customers import Profile
from app.domain.parts import Part
from app.domain.replies import Sentence


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to write into a conversation; every write carries `token` and fails once a later one was given."""

    conversation_id: str
    token: int
    owner: str


class LeaseLostError(Exception):
    """Somebody else took over: another process, or an agent. What this turn still wanted to write is discarded."""


class NewMessageError(Exception):
    """The customer wrote again before the first sentence was shown: the turn starts over with all messages."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """What one turn works on. `messages` are the customer's not yet answered ones, `history` all before them,
    `shown` the sentences that an earlier try of this turn already showed. `parts` are the questions of the messages,
    once they were read."""

    id: str
    lease: Lease
    conversation: Conversation
    profile: Profile
    messages: tuple[Message, ...]
    history: tuple[Message, ...] = ()
    shown: tuple[Sentence, ...] = ()
    claimed: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """The words of all unanswered messages, oldest first."""
        return "\n".join(message.text for message in self.messages)

    @property
    def covers_to(self) -> int:
        return self.messages[-1].seq

    @property
    def is_first(self) -> bool:
        """Whether the assistant has not said anything in this conversation yet."""
        return all(message.author == "customer" for message in self.history)

    def asking(self, text: str) -> "Turn":
        """The turn with its question in other words, for looking up and writing."""
        return self if text == self.text else replace(self, messages=(replace(self.messages[-1], text=text),))

    def with_shown(self, sentence: Sentence) -> "Turn":
        """The turn after one more sentence was committed and shown."""
        return replace(self, shown=(*self.shown, sentence))
