"""The phones of those in charge, for the board's alarm."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phones",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "account", name=op.f("pk_phones")),
    )


def downgrade() -> None:
    op.drop_table("phones")
