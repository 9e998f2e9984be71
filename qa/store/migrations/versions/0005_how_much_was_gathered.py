"""What was counted when calls were gathered, so that a site that stands still is known at once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COUNTED = ("facts", "evaluations", "revisions")


def upgrade() -> None:
    with op.batch_alter_table("gathered", schema=None) as batch_op:
        for name in COUNTED:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("gathered", schema=None) as batch_op:
        for name in reversed(COUNTED):
            batch_op.drop_column(name)
