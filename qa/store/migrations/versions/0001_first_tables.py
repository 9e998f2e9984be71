"""The first tables: calls, derived things by key, evaluations, answers, failures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
    )
    op.create_table(
        "recording",
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_recording")),
    )
    op.create_table(
        "transcript",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("recording_sha256", sa.String(length=64), nullable=False),
        sa.Column("model_sha256", sa.String(length=64), nullable=False),
        sa.Column("settings_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_transcript")),
    )
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transcript_recording_sha256"), ["recording_sha256"], unique=False
        )

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("scorecard", sa.String(), nullable=False),
        sa.Column("ref_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("made_by <> '' AND reason <> ''", name="ck_answer_who_why"),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_answer_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "call_id", "scorecard", "ref_id", "n", name=op.f("uq_answer_call_id_scorecard_ref_id_n")
        ),
    )
    op.create_table(
        "call_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("csr_id", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("queue", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("made_by <> '' AND why <> ''", name="ck_call_revision_who_why"),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_revision_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_revision")),
        sa.UniqueConstraint("call_id", "n", name=op.f("uq_call_revision_call_id_n")),
    )
    with op.batch_alter_table("call_revision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_call_revision_csr_started", ["csr_id", "started_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_call_revision_started_at"), ["started_at"], unique=False
        )

    op.create_table(
        "facts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("transcript_key", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("call_digest", sa.String(length=64), nullable=False),
        sa.Column("patterns_digest", sa.String(), nullable=False),
        sa.Column("limits_digest", sa.String(length=64), nullable=False),
        sa.Column("measurers", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_facts_call_id")),
        sa.ForeignKeyConstraint(
            ["transcript_key"], ["transcript.key"], name=op.f("fk_facts_transcript_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facts")),
    )
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facts_call_id"), ["call_id"], unique=False)

    op.create_table(
        "failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("values_json", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_failure_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failure")),
    )
    with op.batch_alter_table("failure", schema=None) as batch_op:
        batch_op.create_index("ix_failure_call_id_step", ["call_id", "step"], unique=False)
        batch_op.create_index(batch_op.f("ix_failure_cleared_at"), ["cleared_at"], unique=False)

    op.create_table(
        "ungradable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("values_json", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_ungradable_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ungradable")),
    )
    with op.batch_alter_table("ungradable", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ungradable_call_id"), ["call_id"], unique=False)

    op.create_table(
        "findings",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("facts_key", sa.String(length=64), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("judge", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_findings_call_id")),
        sa.ForeignKeyConstraint(["facts_key"], ["facts.key"], name=op.f("fk_findings_facts_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_findings")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_call_id"), ["call_id"], unique=False)

    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("scorecard", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("findings_key", sa.String(length=64), nullable=False),
        sa.Column("scorecard_digest", sa.String(), nullable=False),
        sa.Column("answers_digest", sa.String(length=64), nullable=False),
        sa.Column("scorer", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("score", sa.Numeric(precision=9, scale=2), nullable=True),
        sa.Column("coverage", sa.Float(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("made_by <> ''", name="ck_evaluation_who"),
        sa.CheckConstraint(
            "why IN ('machine', 'answer', 'rescore') AND (why = 'machine' OR reason <> '')",
            name="ck_evaluation_why",
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_evaluation_call_id")),
        sa.ForeignKeyConstraint(
            ["findings_key"], ["findings.key"], name=op.f("fk_evaluation_findings_key")
        ),
        sa.ForeignKeyConstraint(
            ["replaces"], ["evaluation.id"], name=op.f("fk_evaluation_replaces")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint(
            "call_id", "scorecard", "n", name=op.f("uq_evaluation_call_id_scorecard_n")
        ),
        sa.UniqueConstraint("replaces", name=op.f("uq_evaluation_replaces")),
    )
    with op.batch_alter_table("evaluation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evaluation_key"), ["key"], unique=False)

    op.create_table(
        "item_score",
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("ref_id", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("points", sa.Numeric(precision=9, scale=2), nullable=True),
        sa.Column("max_points", sa.Numeric(precision=9, scale=2), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_item_score_call_id")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_item_score_evaluation_id")
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "ref_id", name=op.f("pk_item_score")),
    )
    with op.batch_alter_table("item_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_score_call_id"), ["call_id"], unique=False)
        batch_op.create_index("ix_item_score_ref_id_verdict", ["ref_id", "verdict"], unique=False)


def downgrade() -> None:
    for table in (
        "item_score",
        "evaluation",
        "findings",
        "ungradable",
        "failure",
        "facts",
        "call_revision",
        "answer",
        "transcript",
        "recording",
        "call",
    ):
        op.drop_table(table)
