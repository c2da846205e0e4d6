"""What it takes to write a four-day program from an empty file and give it to a client: keys, and seconds.

Everything is typed on a terminal, one time as standard input, one time into ed, which counts for any editor:
`python benchmarks/keystrokes.py`. Reading and thinking are not counted, only keys and the program's own time.
"""

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from at_a_terminal import AtATerminal  # noqa: E402

PROGRAM = """\
program: Anna, autumn
weeks: 8
days per week: 4
day: Upper A
Bench: 4x6-8 70 @8 rest 2min progress +2.5
Row: 4x8 60 progress +2.5
Pull-up: 3x6-10 bw progress double
A1 Lateral Raise: 3x12-15 8
A2 Triceps Pushdown: 3x12-15 25
day: Lower A
Squat: w 2x5 60, 3x5 100 rest 3min progress +2.5
RDL: 3x8 80 progress +5
Leg Press: 3x10-12 140
Plank: 3x45s
day: Upper B
OHP: 4x6-8 40 progress +2.5
Chin-up: 4x6-8 bw progress double
Incline Bench Press: 3x8-10 50
A1 Face Pull: 3x15 20
A2 Hammer Curl: 3x10 12
day: Lower B
Deadlift: w 2x3 80, 3x3 130 rest 3min progress +5
Front Squat: 3x6 70 progress +2.5
Lunge: 3x10/side 16
Calf Raise: 4x12 60
"""
END = "\x04"


def typed(*words: str, keys: str, home: dict[str, str], waits_for: str = "") -> tuple[int, float]:
    """How many keys a command takes with what is typed into it, and how many seconds it takes of its own."""
    command = " ".join(["ptrack", *words]) + "\n"
    began = time.monotonic()
    with AtATerminal(*words, columns=80, **home) as terminal:
        terminal.sees(waits_for)
        for line in keys.splitlines(keepends=True):
            terminal.press(line)
        assert terminal.ends() == 0, terminal.screen
    return len(command) + len(keys), time.monotonic() - began


def main() -> None:
    """Print both ways in one table."""
    with tempfile.TemporaryDirectory() as folder:
        home = {"PTRACK_DB": f"{folder}/practice.db", "HOME": folder}
        for name in ("Anna", "Ben"):
            typed("clients", "add", name, keys="", home=home)
        into = {**home, "VISUAL": "", "EDITOR": "ed"}
        keys = f"1,$d\na\n{PROGRAM}.\nw\nq\n"
        ways = {
            "typed as it is": typed(
                "programs", "new", "-", "--client", "anna", keys=PROGRAM + END, home=home
            ),
            "in an editor": typed("programs", "new", "--client", "ben", keys=keys, home=into, waits_for="\n"),
        }
    print(f"{PROGRAM.count('day: ')} days, {PROGRAM.count(': ') - 7} exercises, {len(PROGRAM)} characters")
    for way, (presses, seconds) in ways.items():
        print(f"{way:16} {presses:5} keys  {seconds:6.2f} s of the program's own")


if __name__ == "__main__":
    main()
