"""A process of its own that reads one document from its input and says what it holds, within limits it cannot lift."""

import json
import os
import resource
import sys
from dataclasses import asdict, dataclass

from app.knowledge.foreign_formats import READERS, UnreadableError


@dataclass(frozen=True, kw_only=True)
class ChildLimits:
    """`seconds` of processor time, `memory` in bytes, `unpacked` in bytes or characters."""

    seconds: int
    memory: int
    unpacked: int


def bind(limits: ChildLimits) -> None:
    """No more time and memory than this, no files written, no core, and after everyone else."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


def main() -> None:
    """Arguments: the ending, and the limits as JSON. Writes an object with `error`, or `text`, `title`, `address`."""
    ending, limits = sys.argv[1], ChildLimits(**json.loads(sys.argv[2]))
    bind(limits)
    try:
        said = asdict(READERS[ending](sys.stdin.buffer.read(), limits.unpacked))
    except UnreadableError as error:
        said = {"error": str(error)}
    except MemoryError:
        said = {"error": "needs more memory than a document may"}
    except Exception as error:  # parsers of foreign bytes raise anything
        said = {"error": f"cannot be read ({type(error).__name__})"}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
