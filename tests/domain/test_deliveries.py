"""When a delivery is tried again, when a receiver is asked, and when a person has to see it."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.deliveries import (
    ASK_AGAIN_AFTER,
    MESSAGE_AGAIN_AFTER,
    SEND_AGAIN_AFTER,
    Delivery,
    DeliveryStatus,
    Endpoint,
    EndpointKind,
    NextStep,
    Tried,
    WhenUnknown,
    after_asking,
    after_try,
    rest_after,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def delivery(
    attempts: int = 1,
    asked: int = 0,
    kind: EndpointKind = EndpointKind.EVENTS,
    when_unknown: WhenUnknown = WhenUnknown.REPEAT,
) -> Delivery:
    endpoint = Endpoint(
        id="end_1",
        kind=kind,
        name="shop",
        address="https://shop.example/",
        secret="whsec_x",
        when_unknown=when_unknown,
    )
    return Delivery(
        id="dlv_1",
        endpoint=endpoint,
        conversation_id="cnv_1",
        seq=1,
        kind="message.sent",
        body={},
        status=DeliveryStatus.SENDING,
        created_at=NOW,
        attempts=attempts,
        asked=asked,
    )


def in_seconds(seconds: float, status: DeliveryStatus = DeliveryStatus.DUE) -> NextStep:
    return NextStep(status=status, at=NOW + timedelta(seconds=seconds))


def test_what_was_sent_is_done() -> None:
    assert after_try(delivery(), Tried.SENT, NOW) == NextStep(status=DeliveryStatus.SENT)


def test_what_is_refused_is_given_up_at_once() -> None:
    assert after_try(delivery(), Tried.REFUSED, NOW) == NextStep(status=DeliveryStatus.FAILED)


@pytest.mark.parametrize(
    ("kind", "schedule"),
    [(EndpointKind.EVENTS, SEND_AGAIN_AFTER), (EndpointKind.CHANNEL, MESSAGE_AGAIN_AFTER)],
)
def test_what_did_not_arrive_is_tried_again_by_its_schedule_and_then_given_up(
    kind: EndpointKind, schedule: tuple[int, ...]
) -> None:
    tries = range(1, len(schedule) + 1)

    steps = [after_try(delivery(attempts, kind=kind), Tried.FAILED, NOW) for attempts in tries]
    last = after_try(delivery(len(schedule) + 1, kind=kind), Tried.FAILED, NOW)

    assert steps == [in_seconds(seconds) for seconds in schedule]
    assert last == NextStep(status=DeliveryStatus.FAILED)


def test_an_event_is_tried_for_three_days_and_a_message_for_four_hours() -> None:
    assert timedelta(days=3) <= timedelta(seconds=sum(SEND_AGAIN_AFTER)) < timedelta(days=3, hours=8)
    assert timedelta(hours=4) <= timedelta(seconds=sum(MESSAGE_AGAIN_AFTER)) < timedelta(hours=4, minutes=10)


def test_a_customer_does_not_wait_longer_than_five_minutes_for_the_next_try() -> None:
    assert max(MESSAGE_AGAIN_AFTER) == 300


def test_a_receiver_that_asks_for_time_gets_it_up_to_an_hour() -> None:
    asked_for = [after_try(delivery(), Tried.FAILED, NOW, wait) for wait in (0, 3, 600, 999_999)]

    assert asked_for == [in_seconds(seconds) for seconds in (5, 5, 600, 3_600)]


def test_an_unknown_outcome_is_repeated_where_the_receiver_drops_repetitions() -> None:
    step = after_try(delivery(2, when_unknown=WhenUnknown.REPEAT), Tried.UNKNOWN, NOW)

    assert step == in_seconds(SEND_AGAIN_AFTER[1])


def test_repetitions_of_an_unknown_outcome_end_too() -> None:
    step = after_try(delivery(len(SEND_AGAIN_AFTER) + 1), Tried.UNKNOWN, NOW)

    assert step == NextStep(status=DeliveryStatus.FAILED)


def test_an_unknown_outcome_is_asked_about_a_quarter_of_a_minute_later_where_the_receiver_can_tell() -> None:
    step = after_try(delivery(when_unknown=WhenUnknown.ASK), Tried.UNKNOWN, NOW)

    assert step == in_seconds(15, DeliveryStatus.UNKNOWN)


def test_an_unknown_outcome_is_shown_and_never_repeated_where_nobody_can_tell() -> None:
    step = after_try(delivery(when_unknown=WhenUnknown.SHOW), Tried.UNKNOWN, NOW)

    assert step == NextStep(status=DeliveryStatus.UNKNOWN)


def test_the_answer_to_a_question_settles_it() -> None:
    asked = delivery(asked=1, when_unknown=WhenUnknown.ASK)

    assert after_asking(asked, True, NOW) == NextStep(status=DeliveryStatus.SENT)
    assert after_asking(asked, False, NOW) == in_seconds(0)


def test_a_receiver_that_cannot_tell_is_asked_again_and_then_an_agent_is() -> None:
    questions = range(1, len(ASK_AGAIN_AFTER) + 1)

    steps = [after_asking(delivery(asked=n, when_unknown=WhenUnknown.ASK), None, NOW) for n in questions]
    last = after_asking(delivery(asked=len(ASK_AGAIN_AFTER) + 1, when_unknown=WhenUnknown.ASK), None, NOW)

    assert steps == [in_seconds(seconds, DeliveryStatus.UNKNOWN) for seconds in ASK_AGAIN_AFTER]
    assert last == NextStep(status=DeliveryStatus.UNKNOWN)


def test_an_endpoint_rests_longer_with_each_failure_and_never_longer_than_a_minute() -> None:
    rests = [rest_after(failures).total_seconds() for failures in (1, 2, 3, 4, 5, 50)]

    assert rests == [1, 2, 4, 8, 16, 60]


def test_a_person_is_not_told_twice_unless_somebody_says_so() -> None:
    assert EndpointKind.EVENTS.when_unknown is WhenUnknown.REPEAT
    assert EndpointKind.CHANNEL.when_unknown is WhenUnknown.SHOW
