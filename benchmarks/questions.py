"""What a command asks of the database, as a file of SQL that the sqlite3 shell can answer by itself."""

import subprocess
from pathlib import Path

from measure import PYTHON, clean_environment

_TELL = """
import re, sys
from ptrack.database import reading
connect, asked = reading.connect, []

def traced(path, mode="ro"):
    connection = connect(path, mode)
    connection.set_trace_callback(asked.append)
    return connection

reading.connect = traced
from ptrack.cli import main
sys.argv = ["ptrack", *sys.argv[2:]]
try:
    main()
finally:
    questions = [text for text in asked if re.match(r"\\s*(SELECT|WITH)\\b", text)]
    open(TARGET, "w").write("".join(f"{text};\\n" for text in questions))
"""


def questions(target: Path, *words: str, db: Path) -> Path:
    """Write every question that a command asks, its values filled in, to a file."""
    code = _TELL.replace("TARGET", repr(str(target)))
    subprocess.run(
        [PYTHON, "-c", code, "ptrack", *words],
        env=clean_environment({"PTRACK_DB": str(db)}),
        check=True,
        capture_output=True,
    )
    return target
