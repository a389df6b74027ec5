import json
from pathlib import Path

import pytest

from app.domain.assessment import Assessment, Feeling
from app.eval.kept_vectors import KeptVectors
from app.eval.parts import EvalParts, Measure
from app.eval.running import evaluate
from app.language.terms import terms
from tests.fakes.parts import FakeAssessor
from tests.knowledge.concepts import ConceptEmbedder

CORPUS = [
    {"doc_id": "refunds", "title": "Refunds", "text": "We refund the price within 14 days."},
    {"doc_id": "delivery", "title": "Delivery", "text": "Parcels arrive within three days."},
]


def write(folder: Path, name: str, rows: list[dict]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read(folder: Path, name: str) -> list[dict]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def figure(measures: list[Measure], name: str) -> float:
    return next(each.figure for each in measures if each.name == name)


@pytest.fixture
def parts() -> EvalParts:
    angry = Assessment(feeling=Feeling.ANGRY, anger=0.9, upset=0.9, negative=0.9)
    assessor = FakeAssessor(by_word={"useless": angry, "person": Assessment(wants_person=0.8)})
    return EvalParts(terms=terms, embedder=None, assessor=assessor)


async def test_questions_are_ranked_and_every_one_predicted(tmp_path: Path, parts: EvalParts):
    write(tmp_path, "corpus/emanual_x.jsonl", CORPUS)
    questions = [{"qid": "q1", "query": "when do parcels arrive", "relevant": ["delivery"]}]
    write(tmp_path, "dev/emanual_x.jsonl", questions)

    measures = await evaluate(tmp_path, parts, tmp_path / "out")

    assert figure(measures, "hit@1") == 1
    assert read(tmp_path / "out", "emanual_x") == [{"qid": "q1", "ranked": ["delivery", "refunds"]}]


async def test_scenarios_are_looked_up_from_opening_and_scenario(tmp_path: Path, parts: EvalParts):
    write(tmp_path, "corpus/tau2_x.jsonl", CORPUS)
    row = {"qid": "t1", "opening": "my parcel", "scenario": "They want a refund.", "relevant": ["refunds"]}
    write(tmp_path, "dev/tau2_x.jsonl", [row, {**row, "qid": "t2", "opening": None}])

    await evaluate(tmp_path, parts, tmp_path / "out")

    assert [(row["qid"], row["ranked"][0]) for row in read(tmp_path / "out", "tau2_x")] == [
        ("t1", "delivery"),
        ("t1#scenario", "refunds"),
        ("t2#scenario", "refunds"),
    ]


async def test_conversations_tell_ranking_score_and_decision(tmp_path: Path, parts: EvalParts):
    write(tmp_path, "corpus/mtragun.jsonl", CORPUS)
    turns = [
        {"role": "customer", "text": "I want a refund"},
        {"role": "assistant", "text": "Parcels, parcels."},
        {"role": "customer", "text": "within how many days?"},
    ]
    row = {"qid": "c1", "turns": turns, "relevant": ["refunds"], "answerability": "ANSWERABLE"}
    write(tmp_path, "dev/mtragun.jsonl", [row, {**row, "qid": "c2", "relevant": [], "answerability": "UNANSWERABLE"}])

    measures = await evaluate(tmp_path, parts, tmp_path / "out")
    first, second = read(tmp_path / "out", "mtragun")

    assert figure(measures, "answered at 95% precision") == 0
    assert figure(measures, "precision from 0.20 on") == 0.5
    assert figure(measures, "answered from 0.20 on") == 1
    assert figure(measures, "nDCG@5") == 1
    assert first["ranked"][0] == "refunds"
    assert first["answered"] == (first["answerable_score"] >= 0.5)
    assert second["qid"] == "c2"


async def test_candidates_are_ranked_among_themselves(tmp_path: Path, parts: EvalParts):
    candidates = [
        {"id": "1", "text": "It weighs 2 kg.", "label": 0},
        {"id": "2", "text": "It runs on 220 volts.", "label": 2},
    ]
    write(tmp_path, "dev/semipqa_x.jsonl", [{"qid": "p1", "query": "which volts?", "candidates": candidates}])

    measures = await evaluate(tmp_path, parts, tmp_path / "out")

    assert figure(measures, "MRR") == 1
    assert read(tmp_path / "out", "semipqa_x") == [{"qid": "p1", "ranked": ["2", "1"]}]


async def test_a_handoff_is_in_time_at_its_turn_or_the_next_and_false_before(tmp_path: Path, parts: EvalParts):
    rows = [
        {"id": "in-time", "turns": ["hello", "a person please"], "handoff_turn": 1},
        {"id": "early", "turns": ["useless", "a person please"], "handoff_turn": 1},
        {"id": "false", "turns": ["useless"], "handoff_turn": None},
        {"id": "quiet", "turns": ["hello"], "handoff_turn": None},
    ]
    write(tmp_path, "dev/handoff_sessions.jsonl", rows)

    measures = await evaluate(tmp_path, parts, tmp_path / "out")

    assert (figure(measures, "handed off in time"), figure(measures, "handed off falsely")) == (0.5, 0.5)
    assert [row["handoff_turn"] for row in read(tmp_path / "out", "handoff_sessions")] == [1, 0, 0, None]


async def test_scope_and_wishes_of_intents_stand_in_one_row(tmp_path: Path, parts: EvalParts):
    train = [{"id": "a", "text": "where is my parcel", "in_scope": True}]
    write(tmp_path, "dev/hint3_x_train.jsonl", train)
    test = [
        {"id": "1", "text": "where is the parcel", "in_scope": True, "asks_human": False},
        {"id": "2", "text": "useless", "in_scope": False, "asks_human": True},
    ]
    write(tmp_path, "dev/hint3_x_test.jsonl", test)

    measures = await evaluate(tmp_path, parts, tmp_path / "out")
    near, far = read(tmp_path / "out", "hint3_x_test")

    assert figure(measures, "out of scope AUROC") == 1
    assert near["out_of_scope_score"] < far["out_of_scope_score"]
    assert (near["asks_person_score"], far["asks_person_score"]) == (0, 0.9)


async def test_memory_is_looked_up_with_the_turn_before(tmp_path: Path, parts: EvalParts):
    said = ["Do you have a dog?", "Yes, Rex.", "The weather is fine.", "Indeed."]
    turns = [{"dia_id": f"D{n}", "speaker": "Ann", "text": text, "date": ""} for n, text in enumerate(said)]
    write(tmp_path, "corpus/locomo_1.jsonl", turns)
    write(tmp_path, "dev/locomo_1.jsonl", [{"qid": "l1", "question": "whose dog?", "evidence": ["D1"]}])

    await evaluate(tmp_path, parts, tmp_path / "out")

    assert set(read(tmp_path / "out", "locomo_1")[0]["ranked"][:2]) == {"D0", "D1"}


async def test_files_of_other_kinds_are_left_alone(tmp_path: Path, parts: EvalParts):
    write(tmp_path, "dev/something.jsonl", [{"a": 1}])

    assert await evaluate(tmp_path, parts, tmp_path / "out") == []


def test_vectors_are_kept_from_one_measurement_to_the_next(tmp_path: Path):
    first, second = ConceptEmbedder(), ConceptEmbedder()
    kept = KeptVectors(first, tmp_path)
    before = kept.embed(["refund", "kettle", "refund"])
    kept.save()

    after = KeptVectors(second, tmp_path).embed(["kettle", "refund", "parcel"])

    assert first.asked == ["refund", "kettle"]
    assert second.asked == ["parcel"]
    assert list(after[1]) == list(before[0])
