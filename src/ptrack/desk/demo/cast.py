"""Who trains in the demo practice, how often, and how it goes."""

from dataclasses import dataclass

TRAINERS = ("Maya Lindqvist", "Olof Berg")
PLACES = (("Studio Nord", "Harbour Street 4"), ("Riverside Gym", "Mill Lane 12"))


@dataclass(frozen=True, slots=True)
class Slot:
    """A usual time: weekday (0 is Monday), hour and minute; of a group where one is named.

    It is usual since so many weeks. `is_series` where the appointments were booked as a series.
    """

    weekday: int
    hour: int
    minute: int = 0
    group: str | None = None
    weeks: int = 52
    is_series: bool = False


LEGS = Slot(5, 10, group="Legs", weeks=8, is_series=True)
"""Saturday's group, booked as a series."""

GROUP_PLACE, GROUP_TRAINER, GROUP_CAPACITY = 0, 0, 6
HOURS = (
    (0, range(5), 7, 12), (0, range(5), 17, 20), (0, range(5, 6), 9, 12),
    (1, range(1, 4), 7, 13), (1, range(1, 4), 18, 21),
)  # fmt: skip
"""When each trainer works: on which weekdays, from which hour to which."""


@dataclass(frozen=True, slots=True)
class Person:
    """One client: `base_kg` is what they squat for fives in the end; `joined_weeks` ago they came.

    `silent_weeks` ago they came last. `lapsed` ones have not bought the package that is due.
    """

    name: str
    goal: str
    slots: tuple[Slot, ...]
    base_kg: float
    weight_kg: float
    weight_change_kg: float
    height_cm: float
    sex: str
    joined_weeks: int = 52
    package: int = 10
    solo_a_week: float = 0.0
    program: str | None = None
    program_weeks: int = 0
    trainer: int = 0
    place: int = 0
    silent_weeks: float = 0.0
    lapsed: bool = False
    born: tuple[int, int, int] = (1988, 5, 14)
    birthday_in_days: int | None = None
    tag: str | None = None


CAST = (
    Person(
        "Anna Berg", "a first strict pull-up", (Slot(0, 9), Slot(2, 9), LEGS), 92.5, 65.4, -2.2, 170,
        "female",
        program="Upper/Lower", program_weeks=5, solo_a_week=1.0, package=20, born=(1990, 2, 3),
        tag="strength",
    ),
    Person(
        "Ben Olsen", "back to 100 kg on the bench", (Slot(1, 7, is_series=True), Slot(4, 7)), 130, 88.0, -3.5,
        184, "male",
        program="5x5 Strength", program_weeks=7, born=(1984, 9, 21), tag="strength",
    ),
    Person(
        "Cleo Marsh", "a stronger back after years at a desk", (Slot(1, 11), Slot(4, 11)), 62.5, 61.0,
        -0.8, 166,
        "female", joined_weeks=38, lapsed=True, born=(1979, 12, 2),
    ),
    Person(
        "Dana Vogt", "ski season without sore knees", (Slot(0, 17), Slot(3, 17), LEGS), 80, 70.2, -1.5, 172,
        "female",
        package=20, place=1, born=(1992, 7, 30),
    ),
    Person(
        "Emil Sand", "ten kilos down, slowly", (Slot(4, 17), Slot(1, 18)), 105, 104.0, -8.5, 181, "male",
        joined_weeks=30, lapsed=True, program="Full Body", program_weeks=6, born=(1975, 3, 11),
    ),
    Person(
        "Finn O'Hara", "a half marathon in spring", (Slot(2, 18), LEGS), 85, 76.5, -1.0, 178, "male",
        solo_a_week=1.5, born=(1995, 6, 18), tag="running",
    ),
    Person(
        "Gina Holt", "feel well at sixty", (Slot(0, 11), Slot(3, 11)), 55, 68.0, -0.5, 163, "female",
        silent_weeks=2.7, born=(1966, 10, 8),
    ),
    Person(
        "Hana Novák", "handstands", (Slot(3, 7),), 70, 58.0, 0.6, 165, "female", solo_a_week=1.0, place=1,
        trainer=1, born=(1997, 1, 25),
    ),
    Person(
        "Ελένη Παππά", "strong through the second child's first year", (Slot(2, 12),), 60, 66.3, -2.8, 168,
        "female", joined_weeks=26, trainer=1, program="Full Body", program_weeks=4, birthday_in_days=3,
        born=(1989, 1, 1),
    ),
    Person(
        "Дмитрий Волков", "a 180 kg deadlift", (Slot(0, 18), Slot(2, 19), Slot(5, 9)), 150, 93.0, 2.4,
        186, "male",
        package=20, program="Push/Pull/Legs", program_weeks=5, born=(1993, 4, 4), tag="strength",
    ),
    Person(
        "Ida Sørensen", "keep up with the grandchildren", (Slot(1, 9), LEGS), 50, 71.5, -1.2, 160, "female",
        joined_weeks=20, born=(1957, 8, 16),
    ),
    Person(
        "José Müller", "less back pain", (Slot(3, 19),), 75, 82.0, -2.0, 179, "male", joined_weeks=12,
        trainer=1, place=1, born=(1986, 11, 29),
    ),
)  # fmt: skip

DAYS = (
    ("Squat day", ("Back Squat", "Bench Press", "Barbell Row", "Plank")),
    ("Hinge day", ("Deadlift", "Overhead Press", "Pull-Up", "Plank")),
    ("Mixed day", ("Front Squat", "Romanian Deadlift", "Push-Up", "Row Machine")),
)
"""What is trained where no program says otherwise."""

SHARE_OF_SQUAT = {
    "Back Squat": 1.0,
    "Front Squat": 0.8,
    "Deadlift": 1.2,
    "Romanian Deadlift": 0.85,
    "Bench Press": 0.7,
    "Overhead Press": 0.45,
    "Barbell Row": 0.6,
}
"""Loads as shares of the squat; other lifts with a load take a quarter."""

OTHER_SHARE = 0.25
