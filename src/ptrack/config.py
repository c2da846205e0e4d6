"""What must be known before a database is open: where it is and who sits at the keyboard.

Flags beat the environment, which beats the configuration file (TOML), which beats the defaults. Everything
that belongs to the practice lives in its database instead.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ptrack.errors import UsageError


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of the configuration file: its key, the environment variable that beats it, its meaning."""

    key: str
    environment: str
    meaning: str


OPTIONS = (
    Option("db", "PTRACK_DB", "the database file"),
    Option("trainer", "PTRACK_TRAINER", "whose records these are where no trainer is named"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force, and the file they were looked for in."""

    db: Path
    config_path: Path
    trainer: str | None = None


def default_config_path() -> Path:
    """The configuration file in the platform's folder for them."""
    from platformdirs import user_config_path

    return user_config_path("ptrack") / "config.toml"


def default_db_path() -> Path:
    """The practice's file in the platform's data folder."""
    from platformdirs import user_data_path

    return user_data_path("ptrack") / "ptrack.db"


def _file_values(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The configuration file {path} cannot be read: {error}.") from error
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The configuration file {path} is no TOML: {error}.") from error
    known = {option.key for option in OPTIONS}
    for key, value in values.items():
        if key not in known or not isinstance(value, str):
            names = ", ".join(sorted(known))
            raise UsageError(f"{path}: {key} is no setting with a text value; there are {names}.")
    return values


def database_path(text: str) -> Path:
    """The path that a flag, variable or setting names; `~` is the home folder."""
    if "://" in text:
        raise UsageError(
            f"{text} is an address; this ptrack keeps its practice in a file.\nName one: --db practice.db"
        )
    if not text.strip() or "\0" in text:
        raise UsageError("--db needs the path of a file.")
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{text} cannot be followed: {error}.") from error


def load_settings(db: str | None = None, config: str | None = None) -> Settings:
    """The settings in force, given the values of `--db` and `--config`."""
    config_path = Path(config).expanduser() if config else default_config_path()
    if config and not config_path.is_file():
        raise UsageError(f"There is no configuration file {config_path}.")
    values = _file_values(config_path)
    found = {option.key: os.environ.get(option.environment) or values.get(option.key) for option in OPTIONS}
    named = db if db is not None else found["db"]
    return Settings(
        db=database_path(named) if named is not None else default_db_path(),
        config_path=config_path,
        trainer=found["trainer"],
    )
