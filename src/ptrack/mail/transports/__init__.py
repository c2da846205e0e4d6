"""The ways that mail leaves: by a mail server, by sendmail, into a folder, to a command."""
