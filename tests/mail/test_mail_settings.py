"""How mail leaves, as the configuration and the environment say; the password above all."""

import sys
from pathlib import Path

import pytest

from ptrack.config import Settings, template
from ptrack.errors import UsageError
from ptrack.mail.settings import Security, Server, Way, folder_lines, is_loopback, mail_settings, password

SERVER = Server("mail.example.org", 587, Security.STARTTLS, "anna")


def configured(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return Settings(str(tmp_path / "practice.db"), str(file))


def test_without_any_word_mail_goes_into_a_folder_beside_the_practice(tmp_path: Path) -> None:
    found = mail_settings(Settings(str(tmp_path / "anna.db")))
    assert (found.way, found.folder, found.server) == (Way.FILE, tmp_path / "anna-mail", None)
    assert str(found.folder) in folder_lines(found)[0]


def test_naming_a_server_is_enough_and_means_starttls(tmp_path: Path) -> None:
    found = mail_settings(configured(tmp_path, '[mail]\nhost = "mail.example.org"\nuser = "anna"\n'))
    assert (found.way, found.server) == (Way.SMTP, SERVER)
    assert folder_lines(found) == []


def test_the_environment_beats_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTRACK_MAIL_SECURITY", "tls")
    monkeypatch.setenv("PTRACK_MAIL_PORT", "2465")
    server = mail_settings(configured(tmp_path, '[mail]\nhost = "m.example.org"\nport = 25\n')).server
    assert server == Server("m.example.org", 2465, Security.TLS, None)


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)], ids=str)
def test_the_usual_ports(tmp_path: Path, security: str, port: int) -> None:
    text = f'[mail]\nhost = "localhost"\nsecurity = "{security}"\n'
    server = mail_settings(configured(tmp_path, text)).server
    assert server is not None
    assert server.port == port


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('transport = "smtp"', "there is no mail.host"),
        ('transport = "pigeon"', "none of file, smtp, sendmail"),
        ('host = "localhost"\nport = "x"', "no port"),
        ('host = "localhost"\nport = 70000', "no port"),
        ('host = "localhost"\nsecurity = "some"', "none of starttls, tls, none"),
        ('host = "mail.example.org"\nsecurity = "none"', "Without TLS everybody"),
        ('host = "mail.example.org"\nsecurity = "none"\nforce_insecure = "maybe"', "neither true nor false"),
        ('password = "s3cret"', "a password does not belong in this file"),
        ('imap_password = "s3cret"', "a password does not belong in this file"),
        ('hots = "x"', "mail.host"),
        ("host = [1]", "no setting with a text value"),
    ],
)
def test_what_cannot_be_is_refused_in_words_that_never_hold_the_password(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        mail_settings(configured(tmp_path, f"[mail]\n{text}\n"))
    assert "s3cret" not in refused.value.message


def test_unencrypted_mail_leaves_this_machine_only_where_that_is_forced(tmp_path: Path) -> None:
    text = '[mail]\nhost = "mail.example.org"\nsecurity = "none"\nforce_insecure = true\n'
    server = mail_settings(configured(tmp_path, text)).server
    assert server is not None
    assert server.security is Security.NONE


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "localhost.example.org", "127.0.0.1.example.org", "::2"])
def test_other_machines_are_not(host: str) -> None:
    assert not is_loopback(host)


def test_the_password_is_of_the_environment_or_the_first_line_of_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = configured(tmp_path, "[mail]\npassword_command = \"printf 'one two\\\\nthree'\"\n")
    assert password(settings, SERVER) == "one two"
    monkeypatch.setenv("PTRACK_MAIL_PASSWORD", "other")
    assert password(settings, SERVER) == "other"
    assert password(settings, SERVER, "mail.imap_") is None


@pytest.mark.parametrize("command", ["echo s3cret; exit 3", "true", "echo", "no-such-program-at-all"])
def test_a_command_that_gives_none_is_told_of_without_what_it_said(tmp_path: Path, command: str) -> None:
    settings = configured(tmp_path, f'[mail]\npassword_command = "{command}"\n')
    with pytest.raises(UsageError, match=r"mail\.password_command gave no password") as refused:
        password(settings, SERVER)
    assert "s3cret" not in refused.value.message


def test_the_keyring_is_asked_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keyring.py").write_text(
        "def get_password(service, user):\n    return f'{service}:{user}' if user == 'anna' else None\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "keyring", None)  # what the test loads goes again at its end
    monkeypatch.delitem(sys.modules, "keyring")
    settings = Settings(str(tmp_path / "practice.db"))
    assert password(settings, SERVER) == "ptrack:anna"
    assert password(settings, SERVER._replace(user="timo")) is None
    assert password(settings, SERVER._replace(user=None)) is None


def test_the_template_names_every_setting_and_makes_none(tmp_path: Path) -> None:
    text = template()
    assert mail_settings(configured(tmp_path, text)).way is Way.FILE
    spoken = text.replace('# host = ""', 'host = "mail.example.org"')
    server = mail_settings(configured(tmp_path, spoken)).server
    assert server is not None
    assert server.host == "mail.example.org"
