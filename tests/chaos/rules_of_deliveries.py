"""What must hold of what went out to channels and to the company's systems."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from tests.chaos import entries as e
from tests.chaos.journal import Run

CALLED = {
    "accepted": "message.received",
    "done": "message.sent",
    "agent_message": "message.sent",
    "handoff": "conversation.handed_off",
    "claimed": "conversation.claimed",
    "returned": "conversation.returned",
    "closed": "conversation.closed",
    "reopened": "conversation.reopened",
}
NOT_ARRIVED = ("due", "sending", "unknown", "failed")
EVENTS = "events"
NOTING_SECONDS = 5.0
"""So long before a fault a receiver may have said that it has a delivery, and nobody noted it."""

RECOVERY_SECONDS = 15.0
"""So long behind a fault it may still be that nothing can be noted."""


def every_message_to_a_channel_arrives_or_is_shown_to_agents(run: Run) -> Iterator[str]:
    arrived = {(taken.endpoint, *_place(taken)) for taken in run.all(e.Taken)}
    shown = _shown_and_not_arrived(run)
    for conversation in run.all(e.FinalConversation):
        if conversation.channel is None:
            continue
        spoken = [event.seq for event in conversation.events if _speaks(event)]
        missing = [seq for seq in spoken if (conversation.channel, conversation.id, seq) not in arrived]
        if len(missing) > shown[f"{conversation.channel} {conversation.id}"]:
            yield f"of {conversation.id} the events {missing} never arrived at {conversation.channel}"


def _shown_and_not_arrived(run: Run) -> Counter[str]:
    """How many deliveries agents are shown that the receiver does not have, by `endpoint conversation`."""
    ids = {taken.id for taken in run.all(e.Taken)}
    shown = {id: place for counts in run.all(e.FinalCounts) for id, place in counts.unsettled.items()}
    return Counter(place for id, place in shown.items() if id not in ids)


def every_event_to_the_company_arrives_or_is_still_counted(run: Run) -> Iterator[str]:
    """Events are tried for days: at the end of a run some may be due."""
    took = [taken for taken in run.all(e.Taken) if taken.endpoint == EVENTS]
    if not took:
        return
    arrived = {(*_place(taken), taken.body["type"]) for taken in took}
    wanted = {place for conversation in run.all(e.FinalConversation) for place in _told(conversation)}
    missing = wanted - arrived
    counted = sum(c.deliveries.get(f"{EVENTS} {status}", 0) for c in run.all(e.FinalCounts) for status in NOT_ARRIVED)
    if len(missing) > counted:
        yield f"{len(missing)} events did not arrive, {counted} are counted; one is {min(missing)}"


def nothing_arrives_twice_without_an_unknown_outcome(run: Run) -> Iterator[str]:
    """Where the receiver can be asked, or an agent looks, never; elsewhere only after a lost answer or a fault."""
    faults = [(f.at - NOTING_SECONDS, f.at + f.seconds + RECOVERY_SECONDS) for f in run.all(e.Broke)]
    for takes in _by_id(run).values():
        for before, again in pairwise(takes):
            if again.when_unknown != "repeat":
                yield f"delivery {again.id} arrived twice at {again.endpoint}"
            elif before.told and not any(begin <= before.at <= end for begin, end in faults):
                yield f"delivery {again.id} arrived twice at {again.endpoint}, which had said that it has it"


def messages_arrive_in_the_order_of_the_conversation(run: Run) -> Iterator[str]:
    last: dict[tuple[str, str], int] = {}
    for takes in sorted(_by_id(run).values(), key=lambda takes: takes[0].n):
        first = takes[0]
        conversation, seq = _place(first)
        if first.endpoint == EVENTS:
            continue
        if seq < last.get((first.endpoint, conversation), 0):
            yield f"event {seq} of {conversation} arrived at {first.endpoint} behind a later one"
        last[first.endpoint, conversation] = seq


def a_delivery_keeps_its_id_and_its_content(run: Run) -> Iterator[str]:
    ids: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
    contents: defaultdict[str, set[str]] = defaultdict(set)
    for taken in run.all(e.Taken):
        ids[taken.endpoint, *_place(taken), taken.body["type"]].add(taken.id)
        contents[taken.id].add(json.dumps(taken.body["data"], sort_keys=True))
    yield from (f"{place} went out under {len(found)} ids" for place, found in ids.items() if len(found) > 1)
    yield from (f"delivery {id} has {len(found)} contents" for id, found in contents.items() if len(found) > 1)


def doubled(run: Run) -> dict[str, int]:
    """How many ids arrived more than once, by endpoint."""
    counts = {taken.endpoint: 0 for taken in run.all(e.Taken)}
    for (endpoint, _), takes in _by_id(run).items():
        counts[endpoint] += len(takes) > 1
    return counts


def _by_id(run: Run) -> dict[tuple[str, str], list[e.Taken]]:
    found: defaultdict[tuple[str, str], list[e.Taken]] = defaultdict(list)
    for taken in run.all(e.Taken):
        found[taken.endpoint, taken.id].append(taken)
    return found


def _place(taken: e.Taken) -> tuple[str, int]:
    return taken.body["data"]["conversation"], taken.body["data"]["seq"]


def _speaks(event: e.FinalEvent) -> bool:
    return event.name == "agent_message" or (event.name == "done" and _data(event)["reply"] is not None)


def _told(conversation: e.FinalConversation) -> Iterator[tuple[str, int, str]]:
    for event in conversation.events:
        if event.name != "sentence" and (event.name != "done" or _speaks(event)):
            yield conversation.id, event.seq, CALLED[event.name]


def _data(event: e.FinalEvent) -> Mapping[str, Any]:
    return json.loads(event.data)
