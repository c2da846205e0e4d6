"""The outbox, the tokens that answers carry, the replies read, and what clients said of their sessions.

Messages and tokens name what they are about by number alone: the outbox remembers what was sent even where
its cause was taken back since.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from ptrack.models import agenda  # noqa: F401  keys point there
from ptrack.models.base import NUMBERED, SQLModel, between, enum_field, instant
from ptrack.vocabulary import Channel, FeedbackSource, MessageKind, MessageStatus, TokenPurpose


class Message(SQLModel, table=True):
    """One message to one recipient: first a row, made with its cause; later sent."""

    __tablename__ = "message"
    __table_args__ = (
        sa.CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        sa.CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent_when"),
        sa.UniqueConstraint("dedupe_key", name="uq_message_dedupe_key"),
        sa.Index(
            "ix_message_due",
            "status",
            "not_before",
            sqlite_where=sa.text("status IN ('pending', 'claimed', 'in_flight', 'uncertain', 'failed')"),
        ),
        sa.Index("ix_message_appointment", "appointment_id"),
        sa.Index("ix_message_client", "client_id", "kind"),
        sa.Index("ix_message_session", "session_id", sqlite_where=sa.text("session_id IS NOT NULL")),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: MessageKind = enum_field(MessageKind, "kind")
    client_id: int | None = None
    appointment_id: int | None = None
    session_id: int | None = None
    workout_id: int | None = None
    program_id: int | None = None
    package_id: int | None = None
    channel: Channel = enum_field(Channel, "channel")
    recipient: str
    is_copy: bool = Field(default=False, description="a guardian's copy")
    facts: str = Field(description="JSON object, frozen when the message is made")
    dedupe_key: str
    message_id: str | None = Field(default=None, description="its Message-ID, once it was given one")
    not_before: datetime = instant()
    expires_at: datetime | None = instant(nullable=True)
    status: MessageStatus = enum_field(MessageStatus, "status", MessageStatus.PENDING)
    attempts: int = 0
    run: str | None = Field(default=None, description="the run that has claimed it")
    last_error: str | None = None
    created_at: datetime = instant()
    sent_at: datetime | None = instant(nullable=True)


class Token(SQLModel, table=True):
    """What a link or a reply must carry to count; only its hash is kept."""

    __tablename__ = "token"
    __table_args__ = (
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.UniqueConstraint("digest", name="uq_token_digest"),
        sa.Index("ix_token_session", "session_id", sqlite_where=sa.text("session_id IS NOT NULL")),
        sa.Index("ix_token_client", "client_id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    digest: str
    purpose: TokenPurpose = enum_field(TokenPurpose, "purpose")
    client_id: int
    session_id: int | None = None
    expires_at: datetime = instant()
    revoked_at: datetime | None = instant(nullable=True)
    created_at: datetime = instant()


class Reply(SQLModel, table=True):
    """A reply that was read, so that it is filed and reported once, and what was undone stays undone."""

    __tablename__ = "reply"
    __table_args__ = (
        sa.CheckConstraint("length(digest) = 64", name="digest_is_sha256"),
        sa.UniqueConstraint("digest", name="uq_reply_digest"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    digest: str
    read_at: datetime = instant()


class Feedback(SQLModel, table=True):
    """What a client said of a session; each answer is optional, and the last one stands."""

    __tablename__ = "feedback"
    __table_args__ = (
        between("session_rating", 1, 5),
        between("trainer_rating", 1, 5),
        between("energy", 1, 5),
        between("soreness", 1, 5),
        sa.UniqueConstraint("session_id", name="uq_feedback_session_id"),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(
        sa_column=sa.Column(sa.Integer, sa.ForeignKey("session.id", ondelete="CASCADE"), nullable=False)
    )
    session_rating: int | None = None
    trainer_rating: int | None = None
    energy: int | None = None
    soreness: int | None = None
    comment: str | None = None
    source: FeedbackSource = enum_field(FeedbackSource, "source")
    answered_at: datetime = instant()
