"""What must be known before a database is open: where it is and who sits at the keyboard.

Flags beat the environment, which beats the configuration file (TOML), which beats the defaults. Everything
that belongs to the practice lives in its database instead.
"""

import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from ptrack.errors import UsageError


class Option(NamedTuple):
    """One setting of the configuration file: its key, the environment variable that beats it, its meaning."""

    key: str
    environment: str
    meaning: str


OPTIONS = (
    Option("db", "PTRACK_DB", "the database file"),
    Option("trainer", "PTRACK_TRAINER", "whose records these are where no trainer is named"),
)


class Settings:
    """The settings in force: the values of `--db` and `--config`, the environment, the configuration file.

    The file is looked for only where a setting needs it.
    """

    def __init__(self, db: str | None = None, config: str | None = None) -> None:
        self._db = db
        self._config = config
        if config and not self.config_path.is_file():
            raise UsageError(f"There is no configuration file {self.config_path}.")

    @cached_property
    def config_path(self) -> Path:
        """The configuration file."""
        return Path(self._config).expanduser() if self._config else default_config_path()

    @cached_property
    def _file(self) -> dict[str, Any]:
        try:
            return _file_values(self.config_path)
        except NoHomeError:
            return {}

    def _setting(self, option: Option) -> str | None:
        return os.environ.get(option.environment) or self._file.get(option.key)

    @cached_property
    def db(self) -> Path:
        """The practice's file."""
        named = self._db if self._db is not None else self._setting(OPTIONS[0])
        return database_path(named) if named is not None else default_db_path()

    @cached_property
    def trainer(self) -> str | None:
        """Whose records these are where no trainer is named."""
        return self._setting(OPTIONS[1])


class NoHomeError(UsageError):
    """The user has no home folder, as some services haven't."""


def default_config_path() -> Path:
    """The configuration file in the platform's folder for them."""
    from platformdirs import user_config_path

    return _own_folder(user_config_path) / "config.toml"


def default_db_path() -> Path:
    """The practice's file in the platform's data folder."""
    from platformdirs import user_data_path

    return _own_folder(user_data_path) / "ptrack.db"


def _own_folder(folder_of: Callable[[str], Path]) -> Path:
    """The program's folder of one sort; never one beneath wherever the user happens to be."""
    try:
        folder = folder_of("ptrack")
    except RuntimeError:
        folder = Path()
    if not folder.is_absolute():
        raise NoHomeError(
            "There is no home folder to keep the practice in.\nName its file: --db PATH, or set PTRACK_DB."
        )
    return folder


def _file_values(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UsageError(f"The configuration file {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The configuration file {path} is no text in UTF-8.") from error
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
        raise UsageError(f"{text} names a home folder that cannot be found.") from error
