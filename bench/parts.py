"""The parts of our way that only compute, each for one whole reply of 100 tokens."""

import re
from collections.abc import Iterator

from app.assistant.citing import References, read_references
from app.assistant.prompting import prompt_of
from app.domain.checking import Draft, Support, check
from app.language.sentences import SentenceStream, split_sentences
from app.language.values import read_values
from bench.measuring import Cost, cpu_of_call
from bench.replies import RULES
from bench.turns import ARTICLE, QUESTION, writing
from tests.fakes.model_server import HUNDRED_TOKENS

_PIECES = re.findall(r"\S+\s*", HUNDRED_TOKENS)
_SENTENCES = [sentence.text for sentence in split_sentences(ARTICLE)]
_SUPPORT = Support(values=read_values(ARTICLE), passage_ids=frozenset({"returns#0"}))


def costs_of_parts(times: int) -> Iterator[Cost]:
    yield cpu_of_call("the prompt put together", lambda: prompt_of(RULES, writing()), times=times)
    yield cpu_of_call("100 tokens cut into sentences", _cut, times=times)
    yield cpu_of_call("references read out", _read_references, times=times)
    yield cpu_of_call("sentences read into values and checked", _check, times=times)
    yield cpu_of_call("the same sentences weighed against the passages", _weighing(), times=times)
    yield cpu_of_call("the question assessed", _assessment(), times=times)


def _cut() -> None:
    stream = SentenceStream()
    found = [sentence for piece in _PIECES for sentence in stream.feed(piece)]
    assert len([*found, *stream.end()]) == 5


def _read_references() -> None:
    references = References()
    for piece in _PIECES:
        references.feed(piece)
    for sentence in _SENTENCES:
        assert read_references(f"{sentence} [1]", ["returns#0"]) == (sentence, ("returns#0",))


def _check() -> None:
    for sentence in _SENTENCES:
        assert not check(Draft(text=sentence, cited=("returns#0",)), read_values(sentence), _SUPPORT)


def _weighing():
    from app.assistant.grounding import PassageGrounding
    from app.language.claims import read_claim
    from app.language.commitments import admits_not_knowing, answers_yes_or_no, overstep

    grounding = PassageGrounding(
        read=read_claim, split=split_sentences, overstep=overstep, admits=admits_not_knowing, answers=answers_yes_or_no
    )
    asked = writing()
    grounds = grounding.of(asked.turn, asked.passages)

    def weigh() -> None:
        for sentence in _SENTENCES:
            grounds.check(Draft(text=sentence), "en")

    return weigh


def _assessment():
    from app.language.assessor import Assessor

    assessor = Assessor()
    return lambda: assessor.assess([QUESTION])
