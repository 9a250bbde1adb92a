"""Compares the locked requirements with the known vulnerabilities: `audit.py REQUIREMENTS`.

What is found fails. What could not be looked up, for want of a network or because the package index
keeps no list, is lines, and fails nothing: it is not known to be at fault, nor to be sound. Where
nobody reads what is lines, in CI (the variable CI is set), an audit that looked up nothing fails.
"""

import json
import os
import subprocess
import sys
from pathlib import Path


def main(requirements: str) -> int:
    """Run pip-audit, print its findings and return the exit code."""
    audit = Path(sys.executable).with_name("pip-audit")
    ended = subprocess.run(  # noqa: S603  # our own words
        [audit, "--require-hashes", "--disable-pip", "-f", "json", "-r", requirements],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines, code = verdict(ended.stdout, ended.stderr, in_ci=bool(os.environ.get("CI")))
    sys.stdout.write("\n".join(lines) + "\n")
    return code


def verdict(found: str, errors: str, *, in_ci: bool = False) -> tuple[list[str], int]:
    """Return the findings in pip-audit's JSON, a line each, and the exit code."""
    try:
        packages = json.loads(found)["dependencies"]
    except ValueError:
        why = (errors.strip().splitlines() or ["no answer"])[-1]
        return [f"not audited: the list of vulnerabilities could not be reached ({why})"], int(
            in_ci
        )
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    at_fault = [
        f"{each['name']} {each['version']}: {flaw['id']}, {_remedy(flaw['fix_versions'])}"
        for each in packages
        for flaw in each.get("vulns", [])
    ]
    audited = f"{len(packages) - len(unknown)} of {len(packages)} requirements audited"
    lines = [f"{audited}, {len(at_fault)} known vulnerabilities", *at_fault]
    if len(unknown) == len(packages):
        lines.append("not audited: the package index keeps no list of vulnerabilities")
        return lines, int(in_ci)
    if unknown:
        lines.append(f"not audited, the list does not have them: {', '.join(unknown)}")
    return lines, 1 if at_fault else 0


def _remedy(versions: list[str]) -> str:
    return f"mended in {', '.join(versions)}" if versions else "not mended yet"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
