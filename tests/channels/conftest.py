"""The application for tests of channels, each with records of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.served import Served, serving


@pytest.fixture
async def served(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path, migrated_file) as running:
        yield running
