"""What must be known before a database is open: where it is and who sits at the keyboard.

Flags beat the environment, which beats the configuration file (TOML), which beats the defaults. Everything
that belongs to the practice lives in its database instead.
"""

import os
from collections.abc import Callable, Iterator
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
    Option("mail.transport", "PTRACK_MAIL_TRANSPORT", "file, smtp or sendmail: how mail leaves"),
    Option("mail.folder", "PTRACK_MAIL_FOLDER", "where the file transport puts mail"),
    Option("mail.host", "PTRACK_MAIL_HOST", "the mail server"),
    Option("mail.port", "PTRACK_MAIL_PORT", "its port; 587, or 465 with tls"),
    Option("mail.security", "PTRACK_MAIL_SECURITY", "starttls, tls, or none on this machine alone"),
    Option("mail.force_insecure", "PTRACK_MAIL_FORCE_INSECURE", "true lets security none leave this machine"),
    Option("mail.user", "PTRACK_MAIL_USER", "the name to log in with"),
    Option("mail.password_command", "PTRACK_MAIL_PASSWORD_COMMAND", "prints the password in its first line"),
    Option("mail.sendmail", "PTRACK_MAIL_SENDMAIL", "the program of the sendmail transport"),
    Option("mail.from", "PTRACK_MAIL_FROM", "who mail comes from; else the practice's sender"),
    Option("mail.reply_to", "PTRACK_MAIL_REPLY_TO", "where answers go, if elsewhere"),
    Option("mail.command", "PTRACK_MAIL_COMMAND", "takes messages of the channel command, as JSON"),
    Option("mail.imap_host", "PTRACK_MAIL_IMAP_HOST", "the server that replies are fetched from"),
    Option("mail.imap_port", "PTRACK_MAIL_IMAP_PORT", "its port; 993, or 143 with starttls"),
    Option("mail.imap_security", "PTRACK_MAIL_IMAP_SECURITY", "tls, starttls, or none on this machine alone"),
    Option("mail.imap_user", "PTRACK_MAIL_IMAP_USER", "the name to log in with, if not mail.user"),
    Option(
        "mail.imap_password_command",
        "PTRACK_MAIL_IMAP_PASSWORD_COMMAND",
        "prints that password, if not mail's",
    ),
    Option("mail.imap_folder", "PTRACK_MAIL_IMAP_FOLDER", "the folder that replies are in; INBOX"),
    Option("web.base_url", "PTRACK_WEB_BASE_URL", "where clients reach ptrack serve; links point there"),
)

SECRETS = ("mail.password", "mail.imap_password")
"""What would be understood, but never belongs in a file."""

_ENVIRONMENT = {option.key: option.environment for option in OPTIONS}


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
    def _file(self) -> dict[str, str]:
        try:
            return _file_values(self.config_path)
        except NoHomeError:
            return {}

    def value(self, key: str) -> str | None:
        """What the environment, or else the file, says for an option; None where neither does."""
        return os.environ.get(_ENVIRONMENT[key]) or self._file.get(key)

    @cached_property
    def db(self) -> Path:
        """The practice's file."""
        named = self._db if self._db is not None else self.value("db")
        return database_path(named) if named is not None else default_db_path()

    @cached_property
    def trainer(self) -> str | None:
        """Whose records these are where no trainer is named."""
        return self.value("trainer")


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


def _file_values(path: Path) -> dict[str, str]:
    """What the file says, by key; a key within a table is `table.key`."""
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
    found = dict(_flat(values))
    for key, value in found.items():
        _require_known(path, key, value)
    return {key: _as_text(value) for key, value in found.items()}


def _flat(values: dict[str, Any], table: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with its key, those of tables with the table's name before it."""
    for key, value in values.items():
        if isinstance(value, dict) and not table:
            yield from _flat(value, f"{key}.")
        else:
            yield f"{table}{key}", value


def _require_known(path: Path, key: str, value: object) -> None:
    """Refuse a key that nobody reads, a value that is no text, and above all a password."""
    if key in SECRETS:
        raise UsageError(
            f"{path}: a password does not belong in this file.\nTake it out, and name a command "
            f"that prints it: {key.partition('.')[2]}_command. Or set PTRACK_{key.replace('.', '_').upper()}."
        )
    kinds = (str, int, bool) if "." in key else str
    if key not in _ENVIRONMENT or not isinstance(value, kinds):
        from difflib import get_close_matches

        near = get_close_matches(key, _ENVIRONMENT, n=3) or sorted(_ENVIRONMENT)
        raise UsageError(f"{path}: {key} is no setting with a text value; there are {', '.join(near)}.")


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def template() -> str:
    """A configuration file in which every setting is named and none is made."""
    lines, table = [], ""
    for option in OPTIONS:
        section, _, key = option.key.rpartition(".")
        if section != table:
            lines.append(f"\n[{section}]\n")
            table = section
        lines.append(f'# {key} = ""  # {option.meaning}\n')
    return "".join(lines)


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
