"""What a person reads when the service has started: the first administrator's link, until there is one."""

from pathlib import Path

from app.domain.agents import AgentRole
from app.serving import banner, first_link
from tests.fakes.served import serving
from tests.fakes.staff import browser, signed_in

ADDRESS = "http://127.0.0.1:8000"


async def test_each_start_prints_a_link_for_the_first_administrator_until_there_is_one(
    migrated_file: Path, tmp_path: Path
) -> None:
    async with serving(tmp_path, migrated_file) as served:
        await signed_in(served, "Sam", AgentRole.SUPERVISOR)
        first, second = [await first_link(served.service, ADDRESS) for _ in range(2)]
        accepted = await browser(served).accept(second.partition("#invite=")[2])
        third = await first_link(served.service, ADDRESS)

        assert first != second
        assert accepted.status_code == 204
        assert third == ""
        assert f"First administrator, once: {first}" in banner(served.service.settings, ADDRESS, first)
        assert "administrator" not in banner(served.service.settings, ADDRESS, third)
