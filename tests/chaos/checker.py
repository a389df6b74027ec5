"""The checker: journals in, findings out. It knows nothing of the service but what it promised."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.chaos import rules_of_conversations as said
from tests.chaos import rules_of_deliveries as delivered
from tests.chaos import takeover
from tests.chaos.journal import Run

Rule = Callable[[Run], Iterator[str]]

RULES: Sequence[Rule] = (
    said.no_acknowledged_message_is_lost,
    said.no_message_is_stored_twice,
    said.messages_keep_the_order_of_their_acknowledgements,
    said.nothing_is_denied_without_a_reason,
    said.every_message_reaches_an_outcome,
    said.readers_see_the_events_as_they_are,
    said.events_are_numbered_without_gaps,
    said.no_sentence_is_shown_twice_in_a_turn,
    said.a_message_is_met_once,
    said.the_assistant_is_silent_while_an_agent_has_it,
    said.every_acknowledged_reply_of_an_agent_exists_once,
    said.every_acknowledged_claim_was_won,
    said.handoff_text_and_handoff_imply_each_other,
    takeover.a_turn_that_was_killed_is_taken_over_in_time,
    delivered.every_message_to_a_channel_arrives_or_is_shown_to_agents,
    delivered.every_event_to_the_company_arrives_or_is_still_counted,
    delivered.nothing_arrives_twice_without_an_unknown_outcome,
    delivered.messages_arrive_in_the_order_of_the_conversation,
    delivered.a_delivery_keeps_its_id_and_its_content,
)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A promise that was broken, and where."""

    rule: str
    words: str


def check(run: Run) -> list[Finding]:
    return [Finding(rule=rule.__name__, words=words) for rule in RULES for words in rule(run)]
