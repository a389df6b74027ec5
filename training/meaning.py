"""How app/language/meaning.npz was made: `python -m training.meaning DATA MODEL`, some five minutes on one core.

DATA and MODEL as in training/feeling.py. Trained on the project's own sentences against calm questions; thresholds are
fixed on sentences whose template was left out."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from app.language.meaning import HEADS, WEIGHTS
from training.feeling import CareSentence, care_templates
from training.vectors import embedded

FOLDS = 4
SIZE = 4.0  # brings unit vectors to where the penalty bites little
STRENGTH = 3.0
CALM_WEIGHT = 0.3
CALM = {"question", "calm", "no_person", "no_danger", "third_party"}
FALSE_ALARMS = {"wish": 0.002, "danger": 0.002, "distressed": 0.002, "angry": 0.002, "unhappy": 0.005, "pleased": 0.005}
HOLDS = {
    "wish": {"person"},
    "danger": {"danger"},
    "distressed": {"distressed"},
    "angry": {"angry", "sarcasm"},
    "unhappy": {"angry", "sarcasm", "upset"},
    "pleased": {"pleased"},
}
LEFT_OUT = {"unhappy": {"problem", "distressed", "danger"}}
"""Sections that a head neither holds nor excludes."""


def main(data: Path, model: Path) -> None:
    sentences = [*care_templates(), *questions(data)]
    vectors = embedded([each.text for each in sentences], model) * SIZE
    weights, biases = zip(*(fitted(head, sentences, vectors) for head in HEADS), strict=True)
    held = {"weights": (np.array(weights) * SIZE).astype(np.float16), "bias": np.array(biases, np.float32)}
    np.savez_compressed(WEIGHTS, allow_pickle=False, **held)


def questions(data: Path) -> list[CareSentence]:
    files = [data / name / "seq.in" for name in ("clinc150", "banking77_oos")]
    texts = [text for file in files for text in file.read_text(encoding="utf-8").splitlines()]
    return [CareSentence(text=text, section="question", template=text) for text in texts]


def fitted(head: str, sentences: Sequence[CareSentence], vectors: NDArray[np.float32]):
    """Weights of one head, and a bias that lets only FALSE_ALARMS of the calm ones reach 0.5."""
    section = np.array([each.section for each in sentences])
    truth = np.isin(section, list(HOLDS[head]))
    used = ~np.isin(section, list(LEFT_OUT.get(head, ())))
    weight, fold = weights_and_folds(sentences)
    logits = np.zeros(len(sentences))
    for each in range(FOLDS):
        seen = used & (fold != each)
        model = LogisticRegression(C=STRENGTH, max_iter=500).fit(vectors[seen], truth[seen], weight[seen])
        logits[fold == each] = model.decision_function(vectors[fold == each])
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(vectors[used], truth[used], weight[used])
    threshold = float(np.quantile(logits[np.isin(section, list(CALM))], 1 - FALSE_ALARMS[head]))
    found = float((logits[truth] > threshold).mean())
    print(f"{head}: {found:.3f} of those whose template was left out")
    return model.coef_[0], float(model.intercept_[0]) - threshold


def weights_and_folds(sentences: Sequence[CareSentence]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """A template counts by the root of its sentences, and all of them lie in one fold."""
    templates = {template: at for at, template in enumerate(dict.fromkeys(each.template for each in sentences))}
    number = np.array([templates[each.template] for each in sentences])
    calm = np.array([each.section == "question" for each in sentences])
    return np.where(calm, CALM_WEIGHT, 1 / np.sqrt(np.bincount(number)[number])), number % FOLDS


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
