"""The one command that checks everything: format, lint, types, import contracts, tests.

    python tools/check.py            all of it, as CI does
    python tools/check.py tests      one step by name; more words after it go to that step

It runs what is installed beside the Python that runs it, and stops at the first step that fails.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
WORKERS = str(min(os.cpu_count() or 1, 4))

STEPS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy", "src", "tests", "tools", "benchmarks"],
    "contracts": ["lint-imports"],
    "tests": ["pytest", "-n", WORKERS, "--dist", "worksteal"],
}


def run(name: str, extra: list[str]) -> int:
    """Run one step; its exit status."""
    print(f"== {name}", flush=True)
    program, *arguments = STEPS[name]
    return subprocess.run([str(BIN / program), *arguments, *extra], cwd=ROOT, check=False).returncode


def main() -> int:
    """Run the steps asked for; the status of the first that fails."""
    wanted, extra = (sys.argv[1:2], sys.argv[2:]) if len(sys.argv) > 1 else (list(STEPS), [])
    if unknown := [name for name in wanted if name not in STEPS]:
        print(f"{unknown[0]} is no step; there are {', '.join(STEPS)}")
        return 2
    for name in wanted:
        if status := run(name, extra):
            print(f"== {name} failed")
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
