"""How mail leaves this machine, as the configuration file and the environment say it."""

import os
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from ptrack.config import Settings
from ptrack.errors import UsageError

Choice = TypeVar("Choice", bound=StrEnum)

PASSWORD_COMMAND_S = 60
"""So long a command may take to print a password: somebody may have to unlock it."""

LARGEST_PORT = 65_535
_LOOPBACK_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost")
_YES, _NO = ("true", "1", "yes", "on"), ("", "false", "0", "no", "off")


class Way(StrEnum):
    """The transports for e-mail."""

    FILE = "file"
    SMTP = "smtp"
    SENDMAIL = "sendmail"


class Security(StrEnum):
    """How the way to a server is kept from others."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


SMTP_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


class Server(NamedTuple):
    """A server and how to reach it; `user` is None where nobody logs in."""

    host: str
    port: int
    security: Security
    user: str | None


class MailSettings(NamedTuple):
    """How mail leaves; `server` is None unless it goes by SMTP."""

    way: Way
    folder: Path
    server: Server | None
    sendmail: str
    sender: str | None
    reply_to: str | None
    command: str | None


def mail_settings(settings: Settings) -> MailSettings:
    """The settings of mail, checked; the file transport unless a server is named or something else said."""
    way = _way(settings)
    folder = settings.value("mail.folder")
    return MailSettings(
        way=way,
        folder=Path(folder).expanduser() if folder else default_folder(settings.db),
        server=smtp_server(settings) if way is Way.SMTP else None,
        sendmail=settings.value("mail.sendmail") or "/usr/sbin/sendmail",
        sender=settings.value("mail.from"),
        reply_to=settings.value("mail.reply_to"),
        command=settings.value("mail.command"),
    )


def folder_lines(mail: MailSettings) -> list[str]:
    """That mail is put into a folder, where it is."""
    if mail.way is not Way.FILE:
        return []
    return [f"Mail is put into {mail.folder} and does not leave this machine, until mail.host is set."]


def default_folder(practice: Path) -> Path:
    """Where mail goes that is not to leave the machine: a folder beside the practice."""
    return practice.with_name(f"{practice.stem}-mail")


def _way(settings: Settings) -> Way:
    said = settings.value("mail.transport")
    if said is None:
        return Way.SMTP if settings.value("mail.host") else Way.FILE
    return read_choice("mail.transport", said, Way)


def smtp_server(settings: Settings) -> Server:
    """The server that mail is handed to."""
    host = settings.value("mail.host")
    if not host:
        raise UsageError("mail.transport is smtp, but there is no mail.host.\nName one: ptrack config edit")
    security = read_choice("mail.security", settings.value("mail.security") or "starttls", Security)
    require_private(settings, host, security)
    port = read_port("mail.port", settings.value("mail.port"), SMTP_PORTS[security])
    return Server(host, port, security, settings.value("mail.user"))


def read_choice(key: str, said: str, choices: type[Choice]) -> Choice:
    """One of several words."""
    try:
        return choices(said.strip().casefold())
    except ValueError:
        raise UsageError(f"{key} is {said}, which is none of {', '.join(choices)}.") from None


def read_port(key: str, said: str | None, usual: int) -> int:
    """A port's number, the usual one where none is said."""
    if not said:
        return usual
    if not said.isascii() or not said.isdigit() or not 0 < int(said) <= LARGEST_PORT:
        raise UsageError(f"{key} is {said}, which is no port: a number from 1 to {LARGEST_PORT}.")
    return int(said)


def require_private(settings: Settings, host: str, security: Security, key: str = "mail.security") -> None:
    """Refuse to send anything readable over a network, unless that was forced."""
    forced = (settings.value("mail.force_insecure") or "").casefold()
    if forced not in (*_YES, *_NO):
        raise UsageError(f"mail.force_insecure is {forced}, which is neither true nor false.")
    if security is Security.NONE and forced in _NO and not is_loopback(host):
        raise UsageError(
            f"Without TLS everybody on the way to {host} could read clients' mail and the password.\n"
            f"Set {key} to starttls or tls; mail.force_insecure = true does it all the same."
        )


def is_loopback(host: str) -> bool:
    """Whether that host is this machine."""
    from ipaddress import ip_address

    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.casefold() in _LOOPBACK_NAMES


def password(settings: Settings, server: Server, prefix: str = "mail.") -> str | None:
    """The password for a server: of the environment, of a command, or of the system's keyring.

    `prefix` begins the settings' names, `mail.` or `mail.imap_`. It is never kept and never shown; None where
    there is none.
    """
    if found := os.environ.get(f"PTRACK_{prefix.replace('.', '_').upper()}PASSWORD"):
        return found
    if command := settings.value(f"{prefix}password_command"):
        return _printed(f"{prefix}password_command", command)
    return _from_keyring(server)


def _printed(key: str, command: str) -> str:
    """The first line that a command prints; what else it says may be secret and is not repeated."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S602  what the user wrote is meant for a shell
            command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=PASSWORD_COMMAND_S, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise UsageError(f"{key} gave no password within {PASSWORD_COMMAND_S} seconds.") from None
    except OSError as error:
        raise UsageError(f"{key} cannot be started: {error.strerror}.") from error
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    if done.returncode or not lines or not lines[0]:
        raise UsageError(f"{key} gave no password (it ended with status {done.returncode}).")
    return lines[0]


def _from_keyring(server: Server) -> str | None:
    """The password that the system's keyring has for `ptrack` and the user, where there is a keyring."""
    from importlib import import_module
    from importlib.util import find_spec

    if server.user is None or find_spec("keyring") is None:
        return None
    try:
        found = import_module("keyring").get_password("ptrack", server.user)
    except Exception as error:
        raise UsageError(
            f"The keyring gave no password for {server.user}: {type(error).__name__}."
        ) from error
    return str(found) if found else None
