"""Making one exercise of two, on a page: what it comes to, before and after."""

from ptrack.exercises.queries import Merge
from ptrack.output.document import Document, Fields, Heading, Hint


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _history(merge: Merge) -> str:
    """`14 workouts of 3 clients, 2 programs`."""
    workouts = f"{_counted(merge.workouts, 'workout')} of {_counted(merge.clients, 'client')}"
    parts = [
        workouts if merge.workouts else "",
        _counted(merge.programs, "program") if merge.programs else "",
    ]
    return ", ".join(filter(None, parts))


def merge_question(merge: Merge) -> str:
    """What making one exercise of two does, to be agreed to."""
    kept, gone = f"{merge.kept.name} ({merge.kept.id})", f"{merge.gone.name} ({merge.gone.id})"
    history = f"with {_history(merge)}" if _history(merge) else "done by nobody"
    return f"{gone} goes into {kept}, {history}. What it is called will mean {merge.kept.name}."


def merged_document(merge: Merge, *, is_dry: bool) -> Document:
    """What making one exercise of two did, or would do."""
    data = {
        "kept": merge.kept.name,
        "kept_id": merge.kept.id,
        "removed": merge.gone.name,
        "removed_id": merge.gone.id,
        "workouts": merge.workouts,
        "clients": merge.clients,
        "programs": merge.programs,
        "aliases": list(merge.names),
        "dry_run": is_dry,
    }
    pairs = [
        ("Would go" if is_dry else "Gone", f"{merge.gone.name} ({merge.gone.id})"),
        ("Would go over" if is_dry else "Gone over", _history(merge) or "nothing: nobody has done it"),
        ("Also called", ", ".join(merge.names)),
    ]
    heading = Heading(f"{merge.kept.name} ({merge.kept.id})")
    hints = () if is_dry else (Hint("ptrack undo", "if that was a mistake"),)
    return Document((heading, Fields(pairs), *hints), data=data)
