"""How app/language/feeling.npz was made: `python -m training.feeling DATA MODEL`, some ten minutes on one core.

DATA holds goemotions/train.tsv and labels.txt, clinc150/seq.in, banking77_oos/seq.in and label; MODEL the weights and
tokenizer of all-MiniLM-L6-v2. Thresholds are fixed on training data, on predictions for parts that were left out."""

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.language.feeling import marks_in
from app.language.reading import read
from app.language.sound import HEADS, WEIGHTS, ngrams, stacked
from training.vectors import embedded

SEED = 7
FOLDS = 4
FEWEST = 6  # messages that must hold an n-gram
FILLINGS = 8  # sentences made from a template with slots
NEUTRAL = 6000  # questions of clinc150
CALM_TAKEN_AS_NEGATIVE = 0.05
ANGER = {"anger", "annoyance"}
UPSET = ANGER | {"disappointment", "disapproval", "disgust"}
NEGATIVE = UPSET | {"sadness", "grief", "fear", "nervousness", "remorse", "embarrassment"}
SECTIONS = {
    "angry": ({"angry", "sarcasm"}, ANGER),
    "upset": ({"angry", "sarcasm", "upset"}, UPSET),
    "negative": ({"angry", "sarcasm", "upset", "distressed", "problem"}, NEGATIVE),
}
LISTENED_TO = {"angry", "sarcasm", "upset", "problem", "distressed", "pleased", "calm", "third_party"}
"""Sections of the care sentences; wishes and dangers may be told in any tone."""
CALM_INTENTS = (
    "card_linking visa_or_mastercard supported_cards_and_currencies getting_spare_card country_support "
    "card_about_to_expire transfer_timing automatic_top_up fiat_currency_support apple_pay_or_google_pay change_pin "
    "why_verify_identity order_physical_card edit_personal_details disposable_card_limits exchange_via_app "
    "activate_my_card exchange_charge verify_top_up"
)
CARE = Path(__file__).with_name("care_sentences.txt")
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Example:
    """`truth` in the order of HEADS; `source` is goemotions, care or calm."""

    text: str
    truth: tuple[bool, ...]
    source: str

    @property
    def weight(self) -> float:
        return 0.5 if self.source == "calm" else 1.0


def main(data: Path, model: Path) -> None:
    examples = [*goemotions(data / "goemotions"), *care_sentences(), *calm_questions(data)]
    prepared = prepare(examples, model)
    first = first_step(prepared)
    out: dict[str, NDArray[np.generic]] = {**first.shipped}
    for name, vectors in (("alone", None), ("with_vector", prepared.vectors)):
        inputs = np.array(
            [
                stacked(row, marks, None if vectors is None else vectors[at])
                for at, (row, marks) in enumerate(zip(first.left_out, prepared.marks, strict=True))
            ]
        )
        weights = second_step(inputs, prepared)
        out[name] = weights.astype(np.float16 if vectors is not None else np.float32)
    np.savez_compressed(WEIGHTS, allow_pickle=False, **out)
    print(f"{len(examples)} examples, {len(out['keys'])} n-grams, {WEIGHTS.stat().st_size // 1000} kB")


def goemotions(folder: Path) -> Iterator[Example]:
    names = [*(folder / "labels.txt").read_text().split()]
    names += [] if "neutral" in names else ["neutral"]
    for line in (folder / "train.tsv").read_text(encoding="utf-8").splitlines():
        text, numbers, _ = line.split("\t")
        labels = {names[int(number)] for number in numbers.split(",")}
        yield Example(text=text, truth=tuple(bool(labels & SECTIONS[head][1]) for head in HEADS), source="goemotions")


@dataclass(frozen=True, kw_only=True)
class CareSentence:
    text: str
    section: str
    template: str


def care_sentences() -> Iterator[Example]:
    for each in care_templates():
        if each.section in LISTENED_TO:
            truth = tuple(each.section in SECTIONS[head][0] for head in HEADS)
            yield Example(text=each.text, truth=truth, source="care")


def care_templates(path: Path = CARE) -> Iterator[CareSentence]:
    choose = random.Random(SEED)
    slots: dict[str, list[str]] = {}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif section.startswith("slot ") and line:
            slots[section.removeprefix("slot ")] = [filler.strip() for filler in line.split("|")]
        elif line and not line.startswith("#"):
            for text in _filled(line, slots, choose):
                yield CareSentence(text=text, section=section, template=line)


def _filled(template: str, slots: dict[str, list[str]], choose: random.Random) -> list[str]:
    def fill(match: re.Match[str]) -> str:
        return choose.choice(slots[match[1]])

    times = FILLINGS if "{" in template else 1
    return sorted({re.sub(r"\{(\w+)\}", fill, template) for _ in range(times)})


def calm_questions(data: Path) -> Iterator[Example]:
    questions = (data / "clinc150" / "seq.in").read_text(encoding="utf-8").splitlines()
    chosen = random.Random(SEED).sample(questions, NEUTRAL)
    intents = (data / "banking77_oos" / "label").read_text().split("\n")
    banking = (data / "banking77_oos" / "seq.in").read_text(encoding="utf-8").splitlines()
    chosen += [text for text, intent in zip(banking, intents, strict=False) if intent.strip() in CALM_INTENTS.split()]
    for text in chosen:
        yield Example(text=text, truth=(False,) * len(HEADS), source="calm")


@dataclass(frozen=True, kw_only=True)
class Prepared:
    grams: list[NDArray[np.uint32]]
    marks: list[tuple[float, ...]]
    vectors: NDArray[np.float32]
    truth: NDArray[np.bool_]
    weight: Floats
    source: NDArray[np.str_]
    fold: NDArray[np.int64]

    def of(self, source: str) -> NDArray[np.bool_]:
        return self.source == source


def prepare(examples: Sequence[Example], model: Path) -> Prepared:
    readings = [read(example.text) for example in examples]
    return Prepared(
        grams=[np.array(sorted(ngrams(reading)), np.uint32) for reading in readings],
        marks=[marks_in(reading).scores for reading in readings],
        vectors=embedded([example.text for example in examples], model),
        truth=np.array([example.truth for example in examples]),
        weight=np.array([example.weight for example in examples]),
        source=np.array([example.source for example in examples]),
        fold=np.random.default_rng(SEED).integers(0, FOLDS, len(examples)),
    )


@dataclass(frozen=True, kw_only=True)
class FirstStep:
    """`left_out` are the numbers that each example got from weights that had not seen it."""

    shipped: dict[str, NDArray[np.generic]]
    left_out: NDArray[np.float32]


def first_step(prepared: Prepared) -> FirstStep:
    every, counts = np.unique(np.concatenate(prepared.grams), return_counts=True)
    keys, counts = every[counts >= FEWEST], counts[counts >= FEWEST]
    rows = matrix(prepared.grams, keys)
    rarity = np.log((1 + len(prepared.grams)) / (1 + counts))
    left_out = np.zeros((rows.shape[0], len(HEADS)), np.float32)
    shipped, biases, scales = [], [], []
    for at, head in enumerate(HEADS):
        seen = np.ones(rows.shape[0], bool)
        for fold in range(FOLDS):
            seen = prepared.fold != fold
            weights, bias = fitted(head, rows[seen], prepared.truth[seen, at], prepared.weight[seen], rarity)
            left_out[~seen, at] = rows[~seen] @ weights + bias
        weights, bias = fitted(head, rows, prepared.truth[:, at], prepared.weight, rarity)
        scale = float(np.quantile(np.abs(weights), 0.9999)) / 127
        shipped.append(np.clip(np.round(weights / scale), -127, 127).astype(np.int8))
        biases.append(bias)
        scales.append(scale)
    held = {
        "keys": keys,
        "ngrams": np.column_stack(shipped),
        "scale": np.array(scales, np.float32),
        "bias": np.array(biases, np.float32),
    }
    return FirstStep(shipped=held, left_out=left_out)


def matrix(grams: Sequence[NDArray[np.uint32]], keys: NDArray[np.uint32]) -> sparse.csr_matrix:
    places: list[NDArray[np.int64]] = []
    for row in grams:
        place = np.searchsorted(keys, row)
        place[place == len(keys)] = 0
        places.append(place[keys[place] == row])
    ends = np.concatenate([[0], np.cumsum([len(place) for place in places])])
    values = np.concatenate([np.full(len(place), (len(place) + 4.0) ** -0.5) for place in places])
    return sparse.csr_matrix((values, np.concatenate(places), ends), (len(grams), len(keys)))


def fitted(head: str, rows: sparse.csr_matrix, truth: NDArray[np.bool_], weight: Floats, rarity: Floats):
    """Anger and upset scale each n-gram by how it parts the two sides (as NB-SVM does), negative by how rare it is."""
    scale = SCALES[head](np.abs(log_ratio(rows, truth)), rarity)
    model = LogisticRegression(C=STRENGTH[head], max_iter=200)
    model.fit(rows @ sparse.diags(scale), truth, sample_weight=weight)
    return model.coef_[0] * scale, float(model.intercept_[0])


def log_ratio(rows: sparse.csr_matrix, truth: NDArray[np.bool_]) -> Floats:
    held = rows.copy()
    held.data[:] = 1
    yes, no = (np.asarray(held[side].sum(axis=0)).ravel() + 1 for side in (truth, ~truth))
    return np.log(yes / yes.sum()) - np.log(no / no.sum())


SCALES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "angry": lambda ratio, rarity: ratio + 0.05,
    "upset": lambda ratio, rarity: np.sqrt(rarity * (ratio + 0.05)),
    "negative": lambda ratio, rarity: rarity / 3,
}
STRENGTH = {"angry": 2.0, "upset": 1.0, "negative": 1.0}


def second_step(inputs: NDArray[np.float32], prepared: Prepared) -> Floats:
    """One row of weights a head. Anger and upset are moved so that 0.5 is where F1 is best on what was left out,
    negative so that few calm questions lie above: customers complain more, and more plainly, than a forum does."""
    rows = []
    for at, head in enumerate(HEADS):
        truth = prepared.truth[:, at]
        logits = np.zeros(len(truth))
        for fold in range(2):
            seen = prepared.fold % 2 != fold
            logits[~seen] = inputs[~seen] @ weights_of(inputs[seen], truth[seen], prepared.weight[seen])
        weights = weights_of(inputs, truth, prepared.weight)
        threshold, f1 = best_threshold(logits[prepared.of("goemotions")], truth[prepared.of("goemotions")])
        print(f"{head}: F1 {f1:.3f} on what was left out of goemotions")
        if head == "negative":
            threshold = float(np.quantile(logits[prepared.of("calm")], 1 - CALM_TAKEN_AS_NEGATIVE))
        weights[BIAS] -= threshold
        rows.append(weights)
    return np.array(rows)


BIAS = len(HEADS) + 4  # behind the first step's numbers and the four marks


def weights_of(inputs: NDArray[np.float32], truth: NDArray[np.bool_], weight: Floats) -> Floats:
    model = LogisticRegression(C=1.0, max_iter=400, fit_intercept=False)
    return model.fit(inputs, truth, sample_weight=weight).coef_[0].copy()


def best_threshold(logits: Floats, truth: NDArray[np.bool_]) -> tuple[float, float]:
    def f1(threshold: float) -> float:
        said = logits > threshold
        return 2 * float((said & truth).sum()) / max(1, int(said.sum() + truth.sum()))

    return max(
        ((float(each), f1(float(each))) for each in np.quantile(logits, np.linspace(0.02, 0.98, 193))),
        key=lambda pair: pair[1],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
