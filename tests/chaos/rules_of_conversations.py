"""What must hold of messages, events and agents. Each rule is named after its promise and yields its breaches."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tests.chaos import entries as e
from tests.chaos.journal import Run

FROM_ASSISTANT = ("sentence", "done")


def no_acknowledged_message_is_lost(run: Run) -> Iterator[str]:
    """It exists with its text, in the conversation that was told."""
    stored = _stored(run)
    texts = {sent.key: sent.text for sent in run.all(e.Sent)}
    for key, conversation in _acknowledged(run).items():
        places = {place for place, _ in stored.get(texts[key], [])}
        if not places:
            yield f"{key} was acknowledged and is gone"
        elif conversation and conversation not in places:
            yield f"{key} was acknowledged in {conversation} and stands in {', '.join(sorted(places))}"


def no_message_is_stored_twice(run: Run) -> Iterator[str]:
    stored = _stored(run)
    for key, text in {sent.key: sent.text for sent in run.all(e.Sent)}.items():
        if len(stored.get(text, [])) > 1:
            yield f"{key} is stored {len(stored[text])} times"


def messages_keep_the_order_of_their_acknowledgements(run: Run) -> Iterator[str]:
    """Of one sender in one conversation: what was sent after an acknowledgement stands behind it."""
    stored = _stored(run)
    first_sent = {sent.key: sent for sent in reversed(run.all(e.Sent))}
    first_told = {told.key: told.n for told in reversed(run.all(e.Acknowledged))}
    threads: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for key, sent in first_sent.items():
        for conversation, seq in stored.get(sent.text, []):
            threads[sent.party, conversation].append((seq, key))
    for (_, conversation), messages in threads.items():
        latest_sending = 0
        for _, key in sorted(messages):
            if first_told.get(key, latest_sending) < latest_sending:
                yield f"{key} stands behind a message in {conversation} that was sent after its acknowledgement"
            latest_sending = max(latest_sending, first_sent[key].n)


def nothing_is_denied_without_a_reason(run: Run) -> Iterator[str]:
    for denied in run.all(e.Denied):
        yield f"{denied.key} was answered with {denied.status}: {denied.words}"


def every_message_reaches_an_outcome(run: Run) -> Iterator[str]:
    for conversation in run.all(e.FinalConversation):
        for message in conversation.messages:
            if message.author == "customer" and message.outcome in (None, "pending"):
                yield f"message {message.seq} of {conversation.id} was never met"
    for counts in run.all(e.FinalCounts):
        if counts.overdue:
            yield f"the service counts {counts.overdue} messages that wait for too long"


def readers_see_the_events_as_they_are(run: Run) -> Iterator[str]:
    """The same bytes as at the end, ascending by one, also over a broken connection."""
    final = {c.id: {event.seq: event for event in c.events} for c in run.all(e.FinalConversation)}
    last: dict[str, int] = {}
    for seen in run.all(e.Seen):
        stands = final.get(seen.conversation, {}).get(seen.seq)
        if stands is None:
            yield f"{seen.reader} saw event {seen.seq} of {seen.conversation}, which does not exist"
        elif (stands.name, stands.data) != (seen.name, seen.data):
            yield f"{seen.reader} saw event {seen.seq} of {seen.conversation} with another content"
        if seen.seq != last.get(seen.reader, seen.seq - 1) + 1:
            yield f"{seen.reader} saw event {seen.seq} of {seen.conversation} after {last[seen.reader]}"
        last[seen.reader] = seen.seq


def events_are_numbered_without_gaps(run: Run) -> Iterator[str]:
    for conversation in run.all(e.FinalConversation):
        numbers = [event.seq for event in conversation.events]
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{conversation.id} has the events {numbers}"


def no_sentence_is_shown_twice_in_a_turn(run: Run) -> Iterator[str]:
    for conversation in run.all(e.FinalConversation):
        for turn in _turns(conversation):
            texts = Counter(data["text"] for name, data in turn if name == "sentence")
            if texts and max(texts.values()) > 1:
                yield f"{conversation.id} shows {max(texts, key=texts.__getitem__)!r} twice in a turn"


def a_message_is_met_once(run: Run) -> Iterator[str]:
    """A turn meets what was there before its first sentence; one that ends with an agent, all there is."""
    for conversation in run.all(e.FinalConversation):
        unmet = 0
        for turn in _turns(conversation):
            names = [name for name, _ in turn]
            if names[-1] != "done":
                continue
            with_agent = turn[-1][1]["outcome"] == "with_agent"
            until = len(names) if with_agent or "sentence" not in names else names.index("sentence")
            met = unmet + names[:until].count("accepted")
            unmet = names[until:].count("accepted")
            if not met:
                yield f"a turn of {conversation.id} ends and meets no message that was not met before"


def the_assistant_is_silent_while_an_agent_has_it(run: Run) -> Iterator[str]:
    for conversation in run.all(e.FinalConversation):
        agent: str | None = None
        for event in conversation.events:
            data = json.loads(event.data)
            if event.name == "claimed":
                if agent is not None:
                    yield f"{conversation.id} is claimed by {data['agent']} while {agent} has it"
                agent = data["agent"]
            elif event.name in ("returned", "closed"):
                agent = None
            elif agent and event.name in FROM_ASSISTANT and (event.name == "sentence" or data["reply"]):
                yield f"the assistant speaks in event {event.seq} of {conversation.id} while {agent} has it"


def every_acknowledged_reply_of_an_agent_exists_once(run: Run) -> Iterator[str]:
    texts = {c.id: Counter(m.text for m in c.messages if m.author == "agent") for c in run.all(e.FinalConversation)}
    for replied in run.all(e.Replied):
        found = texts.get(replied.conversation, Counter())[replied.text]
        if found != 1:
            yield f"the reply {replied.key} of {replied.agent} exists {found} times in {replied.conversation}"


def every_acknowledged_claim_was_won(run: Run) -> Iterator[str]:
    """As often as agents were told that they have a conversation, its events say so."""
    won = Counter((claimed.conversation, claimed.agent) for claimed in run.all(e.Claimed))
    for conversation in run.all(e.FinalConversation):
        events = (json.loads(event.data) for event in conversation.events if event.name == "claimed")
        for agent, times in Counter(data["agent"] for data in events).items():
            if won.get((conversation.id, agent), 0) > times:
                yield f"{agent} was told more often that they have {conversation.id} than its events say"
            won.pop((conversation.id, agent), None)
    for conversation, agent in won:
        yield f"{agent} was told that they have {conversation}, and its events do not say so"


def handoff_text_and_handoff_imply_each_other(run: Run) -> Iterator[str]:
    words = [text for counts in run.all(e.FinalCounts) for text in counts.handoff_texts]
    for conversation in run.all(e.FinalConversation):
        for turn in _turns(conversation):
            hands_off = any(name == "handoff" for name, _ in turn)
            says_so = any(text in _spoken(turn) for text in words)
            if hands_off and not says_so:
                yield f"{conversation.id} is handed off without a word"
            if says_so and not hands_off:
                yield f"{conversation.id} says that a person comes, and none is called"


def _spoken(turn: list[tuple[str, Mapping[str, Any]]]) -> str:
    return "\n".join(str(data.get("text") or data.get("reply") or "") for name, data in turn if name in FROM_ASSISTANT)


def _turns(conversation: e.FinalConversation) -> Iterator[list[tuple[str, Mapping[str, Any]]]]:
    """Its events cut behind each end of a turn; what is left at the end comes last."""
    turn: list[tuple[str, Mapping[str, Any]]] = []
    for event in conversation.events:
        turn.append((event.name, json.loads(event.data)))
        if event.name == "done":
            yield turn
            turn = []
    if turn:
        yield turn


def _acknowledged(run: Run) -> dict[str, str | None]:
    """The conversation of each acknowledged key, where it was told."""
    told: dict[str, str | None] = {}
    for entry in run.all(e.Acknowledged):
        told[entry.key] = entry.conversation or told.get(entry.key)
    return told


def _stored(run: Run) -> dict[str, list[tuple[str, int]]]:
    """Where each text of a customer stands."""
    places: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for conversation in run.all(e.FinalConversation):
        for message in conversation.messages:
            if message.author == "customer":
                places[message.text].append((conversation.id, message.seq))
    return places
