"""What carries a reply: the passages' statements read as claims, the business's attributes, the customer's question."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from app.assistant.evidence import EvidenceReader, ReadClaim, ReadPassage
from app.assistant.selection import needed
from app.assistant.statements import Statement, StatementKind
from app.care.answerers import SentenceSplitter
from app.domain.checking import Checked, Draft, Fault, Finding
from app.domain.claims import Claim, Sense
from app.domain.conversations import Author
from app.domain.grounding import Asked, Evidence, Strictness
from app.domain.grounds import Grounds, Weighed, asked_of
from app.domain.knowledge import FoundPassage, Passage
from app.domain.turns import Turn

REMEMBERED = 4_096
MOST_QUOTED = 4
NEAR_ENOUGH = 0.3
"""The share of what is said and asked that a statement must hold to be quoted in its place."""

_LONGEST_QUOTE = 700

Overstep = Callable[[str], Fault | None]
"""What a sentence presumes of its speaker, whatever any support says."""


class PassageGrounding:
    """Implements `care.answerers.Grounding`. Every passage is read once. `admits` tells
    whether a sentence says that something was not found, `answers` whether it begins with yes or no."""

    def __init__(
        self,
        *,
        read: ReadClaim,
        split: SentenceSplitter,
        overstep: Overstep,
        admits: Callable[[str], bool],
        answers: Callable[[str], bool],
        strictness: Callable[[], Strictness] = Strictness,
    ) -> None:
        self._read = read
        self._reader = EvidenceReader(read=read, split=split)
        self._overstep = overstep
        self._admits = admits
        self._answers = answers
        self._strictness = strictness
        self._known: OrderedDict[tuple[str, str], ReadPassage] = OrderedDict()

    def of(self, turn: Turn, passages: Sequence[FoundPassage]) -> "ReplyGrounds":
        read = [self._passage(found.passage) for found in passages]
        company = frozenset[str]().union(*[each.company for each in read])
        names = frozenset[Sense]().union(*[each.names for each in read])
        common = frozenset[Sense]().union(*[each.lower for each in read])
        grounds = Grounds([each.postings for each in read], names - common)
        language = next((found.passage.language for found in passages), "en")
        return ReplyGrounds(
            grounds=grounds,
            asked=self._asked(turn, grounds.names, language, company),
            statements={found.passage.id: each.statements for found, each in zip(passages, read, strict=True)},
            read=lambda text, spoken: self._read(text, spoken, company),
            overstep=self._overstep,
            admits=self._admits,
            answers=self._answers,
            strict=self._strictness(),
        )

    def to_be_read(self, passages: Sequence[FoundPassage]) -> int:
        texts = [f.passage.text for f in passages if (f.passage.id, f.passage.text) not in self._known]
        return sum(map(len, texts))

    def _passage(self, passage: Passage) -> ReadPassage:
        known = self._known.get((passage.id, passage.text))
        if known is None:
            known = self._known[passage.id, passage.text] = self._reader(passage)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _asked(self, turn: Turn, names: frozenset[Sense], language: str, company: frozenset[str]) -> Asked:
        """The last messages; those before tell what it is about where the last name nothing."""
        named = _named(turn.text, names)
        before = [message.text for message in turn.history if message.author is Author.CUSTOMER]
        for text in reversed(before[-3:] if not named else []):
            named = named or _named(text, names)
        return asked_of([self._read(turn.text, language, company)], names, named)


class ReplyGrounds:
    """Implements `care.answerers.Grounds` for one reply."""

    def __init__(
        self,
        *,
        grounds: Grounds,
        asked: Asked,
        statements: Mapping[str, Sequence[Statement]],
        read: Callable[[str, str], Claim],
        overstep: Overstep,
        admits: Callable[[str], bool],
        answers: Callable[[str], bool],
        strict: Strictness,
    ) -> None:
        self._grounds = grounds
        self._asked = asked
        self._statements = statements
        self._read = read
        self._overstep = overstep
        self._admits = admits
        self._answers = answers
        self._strict = strict
        self._question = grounds.question(asked)
        self._used: set[tuple[str, int]] = set()

    def check(self, draft: Draft, language: str) -> Checked:
        weighed = self._grounds.weigh(self._read(draft.text, language), self._asked, self._strict)
        fault = self._overstep(draft.text)
        if fault is None and (weighed.holds or self._says_nothing(draft.text, weighed)):
            self._used.update(found.evidence.place for found in weighed.matches)
            return Checked()
        findings = tuple(_findings(draft, fault, weighed))
        return Checked(findings=findings, quotes=tuple(self._quotes(weighed)))

    def _says_nothing(self, text: str, weighed: Weighed) -> bool:
        """Courtesy, and the honest word that something was not found, claim nothing of the company."""
        if weighed.says_nothing:
            return not self._answers(text)
        return self._admits(text) and weighed.is_of_question

    def _quotes(self, weighed: Weighed) -> Iterator[Draft]:
        """The passages' own words on what the sentence is about, with all without which they would mislead."""
        near = self._grounds.nearest(weighed, self._asked, self._question)
        told = (evidence for evidence, nearness in near if nearness >= NEAR_ENOUGH and evidence.place not in self._used)
        return map(self._quote, islice(told, MOST_QUOTED))

    def _quote(self, evidence: Evidence) -> Draft:
        of_passage, at = evidence.place
        statements = self._statements[of_passage]
        passage = statements[at].passage
        taken = sorted(needed(statements, at))
        if sum(len(statements[index].text) for index in taken) > _LONGEST_QUOTE:
            taken = [at]
        self._used.update((passage.id, index) for index in taken)
        text = _as_text([statements[index] for index in taken])
        return Draft(text=text, lead="\n\n" if "\n" in text else " ", cited=(passage.id,), quoted=True)


def _as_text(statements: Sequence[Statement]) -> str:
    """Items, steps and rows stand in lines of their own, under their heading."""
    first, text = statements[0], ""
    if first.is_listed and first.heading:
        text = first.heading if first.heading.endswith((":", "?")) else f"{first.heading}:"
    for each in statements:
        line = f"- {each.text}" if each.kind is StatementKind.ROW else each.text
        text += f"{_between(text, each)}{line}"
    return text


def _between(text: str, statement: Statement) -> str:
    return "" if not text else "\n" if statement.is_listed else " "


def _findings(draft: Draft, fault: Fault | None, weighed: Weighed) -> Iterator[Finding]:
    if fault is not None:
        yield Finding(fault=fault, words=draft.text)
    if not weighed.matches:
        yield Finding(fault=Fault.NOT_CARRIED, words="nothing of it")
    for doubt, words in weighed.doubts:
        yield Finding(fault=Fault.NOT_CARRIED, words=f"{doubt} {words}".strip())


def _named(text: str, names: frozenset[Sense]) -> list[Sense]:
    """The names of two words that stand in a text, however they are spaced and capitalised: "pour 10", "breeze-l"."""
    low = text.lower()
    return [name for name in names if isinstance(name, str) and " " in name and _spelled(name).search(low)]


@lru_cache(maxsize=4096)
def _spelled(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name).replace(chr(92) + ' ', '[ -]?')}(?!\w)")
