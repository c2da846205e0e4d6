"""The words of the trade as enumerations: their values are what the database holds and JSON shows."""

from enum import StrEnum


class StudioType(StrEnum):
    """What kind of practice it is; decides the default metrics and templates."""

    GYM = "gym"
    YOGA = "yoga"
    HYBRID = "hybrid"


class Unit(StrEnum):
    """The unit of load that people see and type; stored loads are grams."""

    KG = "kg"
    LB = "lb"


class Role(StrEnum):
    """What a trainer may do."""

    TRAINER = "trainer"
    MANAGER = "manager"


class CommissionKind(StrEnum):
    """How a trainer's commission is reckoned."""

    PERCENT = "percent"
    FIXED = "fixed"


class ClientStatus(StrEnum):
    """Where a client stands with the practice."""

    ACTIVE = "active"
    PAUSED = "paused"
    CHURNED = "churned"


class Sex(StrEnum):
    """For the formulas that ask for it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Channel(StrEnum):
    """How a client is reached."""

    EMAIL = "email"
    COMMAND = "command"
    NONE = "none"


class PackageKind(StrEnum):
    """What a package covers and what of it is counted."""

    SESSIONS = "sessions"
    HYBRID = "hybrid"
    SOLO = "solo"
    UNLIMITED = "unlimited"


class CreditReason(StrEnum):
    """Why an entry stands in the credit ledger."""

    PURCHASE = "purchase"
    SESSION = "session"
    NO_SHOW = "no_show"
    LATE_CANCEL = "late_cancel"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"
    EXPIRY = "expiry"
    TRANSFER = "transfer"
    UNDO = "undo"


class ChargePolicy(StrEnum):
    """Whether an absence costs a credit."""

    ALWAYS = "always"
    ASK = "ask"
    NEVER = "never"


class AppointmentStatus(StrEnum):
    """The life of an appointment."""

    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Repeat(StrEnum):
    """How often the appointments of a series come."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class SessionStatus(StrEnum):
    """The life of a session."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Validation(StrEnum):
    """Whether the client has said that a session took place."""

    PENDING = "pending"
    VALIDATED = "validated"
    DISPUTED = "disputed"


class MessageKind(StrEnum):
    """What a message is about."""

    CONFIRMATION = "confirmation"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    REMINDER = "reminder"
    WORKOUT_SUMMARY = "workout_summary"
    VALIDATION = "validation"
    CREDITS = "credits"
    GOAL = "goal"
    ACHIEVEMENT = "achievement"
    WEEKLY_SUMMARY = "weekly_summary"
    CERTIFICATE = "certificate"


class MessageStatus(StrEnum):
    """The life of a message."""

    PENDING = "pending"
    CLAIMED = "claimed"
    IN_FLIGHT = "in_flight"
    SENT = "sent"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    UNCERTAIN = "uncertain"


class TokenPurpose(StrEnum):
    """What whoever holds a token may do with it."""

    VALIDATE = "validate"
    PORTAL = "portal"
    GUARDIAN = "guardian"
    UNSUBSCRIBE = "unsubscribe"


class FeedbackSource(StrEnum):
    """How an answer came."""

    MANUAL = "manual"
    REPLY = "reply"
    PAGE = "page"


class WorkoutKind(StrEnum):
    """Who was there when the workout was done."""

    SOLO = "solo"
    TRAINER_LED = "trainer_led"
    TRAINER_ASSISTED = "trainer_assisted"
    GROUP = "group"


class Activity(StrEnum):
    """What sort of training it was; decides the automatic metrics and the energy used."""

    STRENGTH = "strength"
    HIIT = "hiit"
    CARDIO = "cardio"
    YOGA = "yoga"
    MOBILITY = "mobility"
    OTHER = "other"


class WorkoutStatus(StrEnum):
    """The life of a workout."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Source(StrEnum):
    """How a workout came into the database."""

    MANUAL = "manual"
    IMPORT = "import"


class Section(StrEnum):
    """The part of a workout that an exercise stands in."""

    WARM_UP = "warm_up"
    MAIN = "main"
    ACCESSORY = "accessory"
    COOL_DOWN = "cool_down"


class ExerciseCategory(StrEnum):
    """What an exercise is for."""

    COMPOUND = "compound"
    ISOLATION = "isolation"
    CARDIO = "cardio"
    MOBILITY = "mobility"
    WARM_UP = "warm_up"
    OTHER = "other"


class Muscle(StrEnum):
    """The fixed list of muscles."""

    CHEST = "chest"
    LATS = "lats"
    UPPER_BACK = "upper_back"
    LOWER_BACK = "lower_back"
    TRAPS = "traps"
    FRONT_DELTS = "front_delts"
    SIDE_DELTS = "side_delts"
    REAR_DELTS = "rear_delts"
    BICEPS = "biceps"
    TRICEPS = "triceps"
    FOREARMS = "forearms"
    QUADS = "quads"
    HAMSTRINGS = "hamstrings"
    GLUTES = "glutes"
    ADDUCTORS = "adductors"
    ABDUCTORS = "abductors"
    CALVES = "calves"
    ABS = "abs"
    OBLIQUES = "obliques"
    NECK = "neck"
    FULL_BODY = "full_body"


class Tracked(StrEnum):
    """What is measured of an exercise."""

    WEIGHT_REPS = "weight_reps"
    REPS = "reps"
    TIME = "time"
    DISTANCE_TIME = "distance_time"
    BODYWEIGHT_PLUS = "bodyweight_plus"


class ProgramKind(StrEnum):
    """A template to be assigned, or a client's own copy of one."""

    TEMPLATE = "template"
    PROGRAM = "program"


class Origin(StrEnum):
    """Where a template comes from."""

    BUILT_IN = "built_in"
    OWN = "own"


class ProgramStatus(StrEnum):
    """The life of a client's program."""

    ACTIVE = "active"
    COMPLETED = "completed"
    DROPPED = "dropped"


class RecordKind(StrEnum):
    """What a record is a record of, in the order in which one is named where one line must do."""

    WEIGHT = "weight"
    E1RM = "e1rm"
    REPS = "reps"
    VOLUME = "volume"
    TIME = "time"
    DISTANCE = "distance"
    PACE = "pace"


class MetricCategory(StrEnum):
    """What a metric is about."""

    BODY = "body"
    MINDFULNESS = "mindfulness"
    STRENGTH = "strength"
    CARDIO = "cardio"
    SKILL = "skill"
    CUSTOM = "custom"


class Aggregation(StrEnum):
    """How the entries of a metric become one figure."""

    SUM = "sum"
    MAX = "max"
    AVG = "avg"
    LATEST = "latest"


class Better(StrEnum):
    """Which way a metric improves."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class EntrySource(StrEnum):
    """How a metric entry came about."""

    AUTO = "auto"
    MANUAL = "manual"
    IMPORT = "import"
    DEVICE = "device"


class Direction(StrEnum):
    """Where a trend goes."""

    RISING = "rising"
    FALLING = "falling"
    FLAT = "flat"
    INSUFFICIENT = "insufficient"


class E1rmFormula(StrEnum):
    """The formulas for the estimated one-repetition maximum."""

    EPLEY = "epley"
    BRZYCKI = "brzycki"
    BRZYCKI_ALT = "brzycki_alt"
    LOMBARDI = "lombardi"
    OCONNER = "oconner"
    WATHAN = "wathan"
    MAYHEW = "mayhew"
    LANDER = "lander"
