"""The checker finds each fault that it is there for, in small journals made by hand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.chaos import entries as e
from tests.chaos.checker import check
from tests.chaos.journal import Journal, Run

CALLING = "A person comes."
QUESTION = e.Sent(party="c1", key="c1-0", text="How? (c1-0)", conversation="cnv_1")
TOLD = e.Acknowledged(key="c1-0", conversation="cnv_1")
COUNTS = e.FinalCounts(deliveries={}, overdue=0, unsettled={}, handoff_texts=(CALLING,))


def message(seq: int, text: str, author: str = "customer", outcome: str | None = "answered") -> e.FinalMessage:
    return e.FinalMessage(seq=seq, author=author, text=text, at=0, outcome=outcome if author == "customer" else None)


def event(seq: int, name: str, **data: object) -> e.FinalEvent:
    return e.FinalEvent(seq=seq, name=name, data=json.dumps(data))


def accepted(seq: int, text: str = "How? (c1-0)") -> e.FinalEvent:
    return event(seq, "accepted", text=text)


def sentence(seq: int, text: str) -> e.FinalEvent:
    return event(seq, "sentence", text=text)


def done(seq: int, reply: str | None, outcome: str = "answered") -> e.FinalEvent:
    return event(seq, "done", outcome=outcome, reply=reply)


ANSWERED = (accepted(1), sentence(2, "So."), done(3, "So."))


def final(
    *events: e.FinalEvent,
    messages: Sequence[e.FinalMessage] = (message(1, "How? (c1-0)"), message(3, "So.", "assistant")),
    channel: str | None = None,
) -> e.FinalConversation:
    return e.FinalConversation(
        id="cnv_1", status="with_assistant", channel=channel, messages=tuple(messages), events=events
    )


GOOD = final(*ANSWERED)


def seen(seq: int, shown: e.FinalEvent, reader: str = "r1") -> e.Seen:
    return e.Seen(reader=reader, conversation="cnv_1", seq=seq, name=shown.name, data=shown.data)


def taken(
    seq: int = 3, id: str = "dlv_1", when_unknown: str = "show", *, told: bool = True, text: str = "So."
) -> e.Taken:
    body = {"type": "message", "data": {"conversation": "cnv_1", "seq": seq, "text": text}}
    return e.Taken(endpoint="shop", when_unknown=when_unknown, id=id, told=told, body=body)


def broken(*entries: e.Entry) -> list[str]:
    """The rules that were broken."""
    return [finding.rule for finding in check(Run.of(entries))]


def test_a_run_without_a_fault_has_no_findings() -> None:
    shown = [seen(place.seq, place) for place in ANSWERED]

    assert broken(QUESTION, TOLD, *shown, taken(), final(*ANSWERED, channel="shop"), COUNTS) == []


def test_a_lost_message_is_found() -> None:
    assert broken(QUESTION, TOLD) == ["no_acknowledged_message_is_lost"]


def test_a_message_that_was_never_acknowledged_may_be_missing() -> None:
    assert broken(QUESTION) == []


def test_a_message_in_another_conversation_is_found() -> None:
    elsewhere = e.Acknowledged(key="c1-0", conversation="cnv_2")

    assert broken(QUESTION, elsewhere, GOOD) == ["no_acknowledged_message_is_lost"]


def test_a_message_that_is_stored_twice_is_found() -> None:
    twice = final(
        accepted(1), accepted(2), done(3, "So."), messages=[message(1, "How? (c1-0)"), message(2, "How? (c1-0)")]
    )

    assert broken(QUESTION, TOLD, twice) == ["no_message_is_stored_twice"]


def test_messages_in_another_order_than_they_were_acknowledged_are_found() -> None:
    later, later_told = replace(QUESTION, key="c1-1", text="And?"), replace(TOLD, key="c1-1")
    turned = final(
        accepted(1, "And?"), accepted(2), done(3, "So."), messages=[message(1, "And?"), message(2, "How? (c1-0)")]
    )

    assert broken(QUESTION, TOLD, later, later_told, turned) == ["messages_keep_the_order_of_their_acknowledgements"]


def test_messages_of_a_burst_may_stand_in_any_order() -> None:
    later, later_told = replace(QUESTION, key="c1-1", text="And?"), replace(TOLD, key="c1-1")
    turned = final(
        accepted(1, "And?"), accepted(2), done(3, "So."), messages=[message(1, "And?"), message(2, "How? (c1-0)")]
    )

    assert broken(QUESTION, later, TOLD, later_told, turned) == []


def test_a_denied_message_is_found() -> None:
    assert broken(e.Denied(key="c1-0", status=404)) == ["nothing_is_denied_without_a_reason"]


def test_a_message_without_outcome_is_found() -> None:
    unmet = final(accepted(1), messages=[message(1, "How? (c1-0)", outcome=None)])

    assert broken(QUESTION, TOLD, unmet) == ["every_message_reaches_an_outcome"]


def test_messages_that_the_service_itself_counts_as_late_are_found() -> None:
    assert broken(replace(COUNTS, overdue=2)) == ["every_message_reaches_an_outcome"]


def test_an_event_with_other_bytes_is_found() -> None:
    assert broken(seen(2, sentence(2, "No.")), GOOD) == ["readers_see_the_events_as_they_are"]


def test_an_event_that_was_shown_and_is_gone_is_found() -> None:
    assert broken(seen(4, sentence(4, "So.")), GOOD) == ["readers_see_the_events_as_they_are"]


def test_an_event_that_a_reader_missed_is_found() -> None:
    assert broken(seen(1, ANSWERED[0]), seen(3, ANSWERED[2]), GOOD) == ["readers_see_the_events_as_they_are"]


def test_an_event_that_a_reader_saw_twice_is_found() -> None:
    assert broken(seen(1, ANSWERED[0]), seen(1, ANSWERED[0]), GOOD) == ["readers_see_the_events_as_they_are"]


def test_a_missing_number_is_found() -> None:
    assert broken(final(accepted(1), done(3, "So."))) == ["events_are_numbered_without_gaps"]


def test_a_sentence_that_is_shown_twice_in_a_turn_is_found() -> None:
    twice = final(accepted(1), sentence(2, "So."), sentence(3, "So."), done(4, "So. So."))

    assert broken(twice) == ["no_sentence_is_shown_twice_in_a_turn"]


def test_the_same_sentence_in_the_next_turn_is_fine() -> None:
    next_turn = (accepted(4), sentence(5, "So."), done(6, "So."))

    assert broken(final(*ANSWERED, *next_turn)) == []


def test_a_message_that_two_turns_met_is_found() -> None:
    assert broken(final(*ANSWERED, sentence(4, "Again."), done(5, "Again."))) == ["a_message_is_met_once"]


def test_a_message_behind_the_first_sentence_is_met_by_the_next_turn() -> None:
    late = (accepted(1), sentence(2, "So."), accepted(3), done(4, "So."), sentence(5, "Yes."), done(6, "Yes."))

    assert broken(final(*late)) == []


def test_an_assistant_that_speaks_while_an_agent_has_the_conversation_is_found() -> None:
    claimed = event(1, "claimed", agent="Ann")

    assert broken(final(claimed, accepted(2), sentence(3, "So."))) == ["the_assistant_is_silent_while_an_agent_has_it"]


def test_an_assistant_may_speak_after_the_return() -> None:
    away = (event(1, "claimed", agent="Ann"), event(2, "returned", agent="Ann"))

    assert broken(final(*away, accepted(3), sentence(4, "So."), done(5, "So."))) == []


def test_two_agents_with_one_conversation_are_found() -> None:
    both = (event(1, "claimed", agent="Ann"), event(2, "claimed", agent="Ben"))

    assert broken(final(*both)) == ["the_assistant_is_silent_while_an_agent_has_it"]


def test_a_claim_that_was_told_and_is_not_there_is_found() -> None:
    assert broken(e.Claimed(agent="Ann", conversation="cnv_1"), GOOD) == ["every_acknowledged_claim_was_won"]


def test_a_lost_reply_of_an_agent_is_found() -> None:
    replied = e.Replied(agent="Ann", conversation="cnv_1", key="Ann-0", text="Hello (Ann-0)")

    assert broken(replied, GOOD) == ["every_acknowledged_reply_of_an_agent_exists_once"]


def test_a_handoff_without_a_word_is_found() -> None:
    silent = final(accepted(1), event(2, "handoff", reason="wish"), done(3, "Well.", "handed_off"))

    assert broken(silent, COUNTS) == ["handoff_text_and_handoff_imply_each_other"]


def test_a_promise_of_a_person_without_a_handoff_is_found() -> None:
    empty = final(accepted(1), sentence(2, CALLING), done(3, CALLING))

    assert broken(empty, COUNTS) == ["handoff_text_and_handoff_imply_each_other"]


def test_a_turn_that_nobody_took_over_in_time_is_found() -> None:
    killed = e.Broke(at=10, kind="kill", target="worker")
    times = (replace(GOOD.messages[0], at=9.0), replace(GOOD.messages[1], at=50.0))

    assert broken(killed, replace(GOOD, messages=times)) == ["a_turn_that_was_killed_is_taken_over_in_time"]


def test_a_reply_before_the_kill_was_not_under_way() -> None:
    killed = e.Broke(at=60, kind="kill", target="worker")
    times = (replace(GOOD.messages[0], at=9.0), replace(GOOD.messages[1], at=50.0))

    assert broken(killed, replace(GOOD, messages=times)) == []


def test_a_message_that_never_reached_its_channel_is_found() -> None:
    lost = final(*ANSWERED, channel="shop")

    assert broken(lost, COUNTS) == ["every_message_to_a_channel_arrives_or_is_shown_to_agents"]


def test_a_message_that_agents_are_shown_may_be_missing_on_its_channel() -> None:
    lost = final(*ANSWERED, channel="shop")

    assert broken(lost, replace(COUNTS, unsettled={"dlv_1": "shop cnv_1"})) == []


def test_a_shown_delivery_that_did_arrive_excuses_no_other() -> None:
    both = final(*ANSWERED, accepted(4), done(5, "Yes."), channel="shop")

    assert broken(taken(3, "dlv_1"), both, replace(COUNTS, unsettled={"dlv_1": "shop cnv_1"})) == [
        "every_message_to_a_channel_arrives_or_is_shown_to_agents"
    ]


def test_an_event_that_never_reached_the_company_is_found() -> None:
    body = {"type": "message.received", "data": {"conversation": "cnv_1", "seq": 1}}
    first = e.Taken(endpoint="events", when_unknown="repeat", id="dlv_9", told=True, body=body)

    assert broken(first, GOOD, COUNTS) == ["every_event_to_the_company_arrives_or_is_still_counted"]
    assert broken(first, GOOD, replace(COUNTS, deliveries={"events due": 1})) == []


def test_a_delivery_that_arrived_twice_is_found() -> None:
    assert broken(taken(), taken()) == ["nothing_arrives_twice_without_an_unknown_outcome"]


def test_a_delivery_whose_answer_was_lost_may_arrive_twice_where_ids_are_compared() -> None:
    assert broken(taken(when_unknown="repeat", told=False), taken(when_unknown="repeat")) == []


def test_a_delivery_that_was_answered_and_arrives_twice_is_found_without_a_fault() -> None:
    twice = (taken(when_unknown="repeat"), taken(when_unknown="repeat"))

    assert broken(*twice) == ["nothing_arrives_twice_without_an_unknown_outcome"]
    assert broken(e.Broke(kind="kill", target="serve"), *twice) == []


def test_messages_in_another_order_at_the_channel_are_found() -> None:
    assert broken(taken(5, "dlv_2"), taken(3, "dlv_1")) == ["messages_arrive_in_the_order_of_the_conversation"]


def test_a_message_under_two_ids_is_found() -> None:
    assert broken(taken(id="dlv_1"), taken(id="dlv_2")) == ["a_delivery_keeps_its_id_and_its_content"]


def test_an_id_with_two_contents_is_found() -> None:
    other = (taken(when_unknown="repeat", told=False), taken(when_unknown="repeat", text="No."))

    assert broken(*other) == ["a_delivery_keeps_its_id_and_its_content"]


def test_a_journal_is_read_as_it_was_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    for entry in (QUESTION, TOLD, GOOD, COUNTS):
        journal.note(entry)
    journal.close()

    run = Run.read(tmp_path)

    assert [(sent.n, sent.key) for sent in run.all(e.Sent)] == [(1, "c1-0")]
    assert run.all(e.FinalConversation)[0].events == ANSWERED
    assert check(run) == []
