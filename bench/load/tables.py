"""A figure as it is printed and kept: rows of named cells, notes, and the floors that it must not fall under."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Cell = str | float | int
WIDEST_NAME = 50


@dataclass(frozen=True, kw_only=True)
class Floor:
    """What must hold. An aim is told beside it and decides nothing."""

    name: str
    value: float
    bound: float
    at_least: bool = True
    is_aim: bool = False

    @property
    def held(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        sign = ">=" if self.at_least else "<="
        kind = "aim" if self.is_aim else "floor"
        return f"{self.name}: {shown(self.value)} ({kind} {sign} {self.bound:g}) {'held' if self.held else 'MISSED'}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One table. `load` is the machine's load average when it was begun and ended: how noisy it is."""

    title: str
    rows: Sequence[Mapping[str, Cell]]
    floors: Sequence[Floor] = ()
    notes: Sequence[str] = ()
    load: tuple[float, float] = (0.0, 0.0)


def load_now() -> float:
    return os.getloadavg()[0]


def shown(value: Cell) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def print_figure(figure: Figure) -> None:
    print(f"\n{figure.title}  (load average {figure.load[0]:.1f} to {figure.load[1]:.1f})")
    first, *names = figure.rows[0]
    print(f"  {first:<{WIDEST_NAME}}" + "".join(f"{name:>{_width(name)}}" for name in names))
    for row in figure.rows:
        cells = "".join(f"{shown(row.get(name, '')):>{_width(name)}}" for name in names)
        print(f"  {row[first]!s:<{WIDEST_NAME}}{cells}")
    for line in (*figure.notes, *map(str, figure.floors)):
        print(f"  {line}")


def _width(name: str) -> int:
    return max(len(name) + 2, 9)
