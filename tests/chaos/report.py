"""What a round came to: counts, faults, findings by rule, waits; as text and as JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from tests.chaos import entries as e
from tests.chaos.checker import RULES, Finding
from tests.chaos.journal import Run
from tests.chaos.rules_of_deliveries import doubled
from tests.chaos.takeover import longest_and_median

SHOWN = 5
"""Findings of a rule that are printed; JSON has all."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One round. `takeover` holds messages, longest and median seconds by kind of fault."""

    name: str
    seed: str
    seconds: float
    sent: int
    acknowledged: int
    gave_up: int
    conversations: int
    events_seen: int
    faults: Mapping[str, int]
    statuses: Mapping[int, int]
    taken: Mapping[str, int]
    doubled: Mapping[str, int]
    deliveries: Mapping[str, int]
    takeover: Mapping[str, tuple[int, float, float]]
    slowest_start: float
    notes: Sequence[str]
    findings: Sequence[Finding]

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "statuses": {str(status): count for status, count in self.statuses.items()}}

    def as_text(self) -> str:
        lines = [
            f"{self.name}, seed {self.seed}: {self.acknowledged} of {self.sent} messages acknowledged "
            f"in {self.conversations} conversations, {self.gave_up} given up, {self.seconds:.0f} s",
            f"  faults      {_counts(self.faults)}",
            f"  answers     {_counts(self.statuses)}",
            f"  events      {self.events_seen} seen by readers",
            f"  receiver    took {_counts(self.taken)}; doubled {_counts(self.doubled)}",
            f"  deliveries  {_counts(self.deliveries)}",
            *(f"  waited      {_wait(kind, *wait)}" for kind, wait in sorted(self.takeover.items())),
            f"  starts      {self.slowest_start:.1f} s at most until a process served again",
            *(f"  note        {note}" for note in self.notes),
            *self._rules(),
        ]
        return "\n".join(lines)

    def _rules(self) -> list[str]:
        by_rule = Counter(finding.rule for finding in self.findings)
        lines = [f"  {by_rule[rule.__name__]:>6} {rule.__name__.replace('_', ' ')}" for rule in RULES]
        for name in by_rule:
            lines += [f"    ! {finding.words}" for finding in self.findings if finding.rule == name][:SHOWN]
        return lines


def report_of(
    name: str,
    seed: str,
    run: Run,
    findings: Sequence[Finding],
    seconds: float,
    statuses: Mapping[int, int],
    *notes: str,
) -> Report:
    counts = run.all(e.FinalCounts)
    return Report(
        name=name,
        seed=seed,
        seconds=seconds,
        sent=len({sent.key for sent in run.all(e.Sent)}),
        acknowledged=len({told.key for told in run.all(e.Acknowledged)}),
        gave_up=len(run.all(e.GaveUp)),
        conversations=len(run.all(e.FinalConversation)),
        events_seen=len(run.all(e.Seen)),
        faults=Counter(fault.kind for fault in run.all(e.Broke)),
        statuses=statuses,
        taken=Counter(taken.endpoint for taken in run.all(e.Taken)),
        doubled=doubled(run),
        deliveries=counts[-1].deliveries if counts else {},
        takeover=longest_and_median(run),
        slowest_start=max((ready.seconds for ready in run.all(e.Ready)), default=0.0),
        notes=notes,
        findings=findings,
    )


def _counts(counts: Mapping[object, int] | Mapping[str, int] | Mapping[int, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=str)) or "none"


def _wait(kind: str, messages: int, longest: float, middle: float) -> str:
    return f"after {kind}: {messages} messages under way, {middle:.1f} s in the middle, {longest:.1f} s at most"
