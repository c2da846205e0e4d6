"""Experience points and levels."""

from math import isqrt


def experience(
    completed: bool, working_sets: int, exercises_with_record: int, milestone_points: int = 0
) -> int:
    """Count the points: 10 for a completed workout, 1 per working set, 25 per exercise with a record in it.

    A workout that isn't completed has none of these. Milestone points come on top either way.
    """
    earned = 10 + working_sets + 25 * exercises_with_record if completed else 0
    return earned + milestone_points


def level(points: int) -> int:
    """Find the level that so many points have reached: level n starts at 100 * n * (n - 1) / 2."""
    return (1 + isqrt(1 + 4 * (max(points, 0) // 50))) // 2
