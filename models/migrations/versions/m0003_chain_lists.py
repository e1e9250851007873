"""The merged lists that the bot posted, what the headers say, and the chain that a forwarded line belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain_lists",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("listed_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("lane", "chain", "listed_at", "sequence", name=op.f("pk_chain_lists")),
    )
    with op.batch_alter_table("chains", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notes", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("forwarded_lines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chain", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("forwarded_lines", schema=None) as batch_op:
        batch_op.drop_column("chain")
    with op.batch_alter_table("chains", schema=None) as batch_op:
        batch_op.drop_column("notes")
    op.drop_table("chain_lists")
