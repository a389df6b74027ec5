"""An answer on the terminal: the words, their sources, and the passages with their scores."""

from collections.abc import Mapping, Sequence
from typing import cast

from app.care.records import TurnEnd


def show_answer(end: TurnEnd) -> None:
    """Prints to standard output."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    console.print(f"[bold]{end.outcome}[/bold]" + (f": {end.handoff.reason}" if end.handoff else ""))
    console.print(escape(end.reply or ""))
    for citation in end.citations:
        console.print(f"  [dim]{escape(citation.title)}  {citation.address or citation.article_id}[/dim]")
    passages = cast(Sequence[Mapping[str, object]], end.trace.get("passages", ()))
    table = Table("score", "cosine", "words", "passage", title=f"answerable {end.trace.get('answerable', '-')}")
    for passage in passages:
        table.add_row(
            *(str(passage[name]) for name in ("score", "similarity", "coverage")), escape(str(passage["title"]))
        )
    if passages:
        console.print(table)
