"""What calls tell the centre: contacts, promises, topics, outcomes, entered records."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "benchmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
        sa.UniqueConstraint(
            "metric",
            "queue",
            "source",
            "period",
            name=op.f("uq_benchmark_metric_queue_source_period"),
        ),
    )
    op.create_table(
        "gathered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("lists_digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathered")),
    )
    op.create_table(
        "record_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("made_by <> '' AND why <> ''", name="ck_record_revision_who_why"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_revision")),
        sa.UniqueConstraint(
            "kind", "record_id", "n", name=op.f("uq_record_revision_kind_record_id_n")
        ),
    )
    with op.batch_alter_table("record_revision", schema=None) as batch_op:
        batch_op.create_index("ix_record_revision_kind_subject", ["kind", "subject"], unique=False)

    op.create_table(
        "call_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.Column("customer_key", sa.String(), nullable=True),
        sa.Column("csr_id", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("queue", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("end_s", sa.Float(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_topic_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_topic")),
        sa.UniqueConstraint("call_id", "topic", name=op.f("uq_call_topic_call_id_topic")),
    )
    with op.batch_alter_table("call_topic", schema=None) as batch_op:
        batch_op.create_index(
            "ix_call_topic_customer_key", ["customer_key", "topic", "started_at"], unique=False
        )
        batch_op.create_index(
            "ix_call_topic_day_topic", ["day", "topic", "complaint"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("call_n", sa.Integer(), nullable=False),
        sa.Column("facts_key", sa.String(length=64), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=True),
        sa.Column("lists_digest", sa.String(length=64), nullable=False),
        sa.Column("csr_id", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("queue", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("customer_key", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("duration_s", sa.Float(), nullable=True),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.Column("complaint_start_s", sa.Float(), nullable=True),
        sa.Column("complaint_end_s", sa.Float(), nullable=True),
        sa.Column("complaint_quote", sa.Text(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("scorecard", sa.String(), nullable=True),
        sa.Column("score", sa.Numeric(precision=9, scale=2), nullable=True),
        sa.Column("coverage", sa.Float(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("fatal_pending", sa.Boolean(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_contact_call_id")),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_contact")),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index("ix_contact_csr_id_day", ["csr_id", "day"], unique=False)
        batch_op.create_index(
            "ix_contact_customer_key_started_at", ["customer_key", "started_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contact_day"), ["day"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contact_fatal_pending"), ["fatal_pending"], unique=False
        )
        batch_op.create_index("ix_contact_team_day", ["team", "day"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_outcome_call_id")),
        sa.PrimaryKeyConstraint("call_id", "kind", name=op.f("pk_outcome")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_kind"), ["kind"], unique=False)

    op.create_table(
        "promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("csr_id", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("customer_key", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("end_s", sa.Float(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("in_touch", sa.Boolean(), nullable=False),
        sa.Column("deadline", sa.String(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("followed_by", sa.String(), nullable=True),
        sa.Column("chased", sa.Integer(), nullable=False),
        sa.CheckConstraint("quote <> ''", name="ck_promise_quote"),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_promise_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
        sa.UniqueConstraint("key", name=op.f("uq_promise_key")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_promise_csr_id"), ["csr_id"], unique=False)
        batch_op.create_index("ix_promise_customer_key", ["customer_key"], unique=False)
        batch_op.create_index("ix_promise_status_due_at", ["status", "due_at"], unique=False)

    op.create_table(
        "promise_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("made_by <> '' AND note <> ''", name="ck_promise_entry_who"),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_promise_entry_promise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_entry")),
    )
    with op.batch_alter_table("promise_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_promise_entry_promise_id"), ["promise_id"], unique=False
        )

    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facts_at"), ["at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facts_at"))

    with op.batch_alter_table("promise_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promise_entry_promise_id"))

    op.drop_table("promise_entry")
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.drop_index("ix_promise_status_due_at")
        batch_op.drop_index("ix_promise_customer_key")
        batch_op.drop_index(batch_op.f("ix_promise_csr_id"))
        batch_op.drop_index(batch_op.f("ix_promise_call_id"))

    op.drop_table("promise")
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outcome_kind"))

    op.drop_table("outcome")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_team_day")
        batch_op.drop_index(batch_op.f("ix_contact_fatal_pending"))
        batch_op.drop_index(batch_op.f("ix_contact_day"))
        batch_op.drop_index("ix_contact_customer_key_started_at")
        batch_op.drop_index("ix_contact_csr_id_day")

    op.drop_table("contact")
    with op.batch_alter_table("call_topic", schema=None) as batch_op:
        batch_op.drop_index("ix_call_topic_day_topic")
        batch_op.drop_index("ix_call_topic_customer_key")

    op.drop_table("call_topic")
    with op.batch_alter_table("record_revision", schema=None) as batch_op:
        batch_op.drop_index("ix_record_revision_kind_subject")

    op.drop_table("record_revision")
    op.drop_table("gathered")
    op.drop_table("benchmark")
