"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bindings",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("bound_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "account", name=op.f("pk_bindings")),
    )
    op.create_table(
        "chain_posts",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "chain", "position", name=op.f("pk_chain_posts")),
    )
    with op.batch_alter_table("chain_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chain_posts_lane_position"), ["lane", "position"], unique=False)

    op.create_table(
        "chains",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=False),
        sa.Column("round", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("newest_at", sa.BigInteger(), nullable=False),
        sa.Column("unseen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "id", name=op.f("pk_chains")),
    )
    with op.batch_alter_table("chains", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chains_lane_chat_newest_at"), ["lane", "chat", "newest_at"], unique=False)

    op.create_table(
        "chats",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("bound_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("lane", "chat", name=op.f("pk_chats")),
    )
    op.create_table(
        "closed_rounds",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "round", name=op.f("pk_closed_rounds")),
    )
    op.create_table(
        "disputes",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("ruled_at", sa.BigInteger(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("lane", "number", name=op.f("pk_disputes")),
    )
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disputes_lane_chain_entry"), ["lane", "chain", "entry"], unique=False)

    op.create_table(
        "entries",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("household", sa.Text(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "chain", "entry", name=op.f("pk_entries")),
    )
    op.create_table(
        "facts",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("slot", sa.BigInteger(), nullable=True),
        sa.Column("round", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=True),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=True),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("intent", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "position", "part", name=op.f("pk_facts")),
    )
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_facts_lane_chain_entry"), ["lane", "chain", "entry"], unique=False)
        batch_op.create_index(batch_op.f("ix_facts_lane_household"), ["lane", "household"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_facts_lane_kind_round_household"), ["lane", "kind", "round", "household"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_facts_lane_kind_slot_household"), ["lane", "kind", "slot", "household"], unique=False
        )

    op.create_table(
        "forwarded_lines",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said_hash", sa.Text(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("live_position", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("lane", "position", "line", name=op.f("pk_forwarded_lines")),
    )
    with op.batch_alter_table("forwarded_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forwarded_lines_lane_said_hash"), ["lane", "said_hash"], unique=False)

    op.create_table(
        "gaps",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "channel", "since", name=op.f("pk_gaps")),
    )
    op.create_table(
        "goods",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("shop", sa.Text(), nullable=True),
        sa.Column("spec", sa.Text(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "name", name=op.f("pk_goods")),
    )
    op.create_table(
        "households",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("building", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("names", sa.LargeBinary(), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("lane", "key", name=op.f("pk_households")),
    )
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_households_phone_index"), ["phone_index"], unique=False)

    op.create_table(
        "incidents",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("household", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.BigInteger(), nullable=False),
        sa.Column("newest", sa.BigInteger(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("lane", "id", name=op.f("pk_incidents")),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incidents_lane_household_category"), ["lane", "household", "category"], unique=False
        )

    op.create_table(
        "job_runs",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("slot", sa.BigInteger(), nullable=False),
        sa.Column("ran_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "job", "area", "slot", name=op.f("pk_job_runs")),
    )
    op.create_table(
        "lanes",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_lanes")),
    )
    op.create_table(
        "log",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("same_hash", sa.Text(), nullable=False),
        sa.Column("said_hash", sa.Text(), nullable=False),
        sa.Column("remark_hash", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("lane", "position", name=op.f("pk_log")),
        sa.UniqueConstraint("lane", "channel", "external_id", name=op.f("uq_log_lane_channel_external_id")),
    )
    with op.batch_alter_table("log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_log_lane_external_id"), ["lane", "external_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_log_lane_remark_hash_said_at"), ["lane", "remark_hash", "said_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_log_lane_said_hash_said_at"), ["lane", "said_hash", "said_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_log_lane_same_hash_said_at"), ["lane", "same_hash", "said_at"], unique=False
        )

    op.create_table(
        "outbox",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.Boolean(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("lane", "dedupe_key", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_lane_incident"), ["lane", "incident"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_lane_state_next_at"), ["lane", "state", "next_at"], unique=False)

    op.create_table(
        "people",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "account", "role", "scope", name=op.f("pk_people")),
    )
    op.create_table(
        "roster_versions",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_roster_versions")),
    )
    op.create_table(
        "settings",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "key", name=op.f("pk_settings")),
    )
    op.create_table(
        "voices",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name_hash", sa.Text(), nullable=False),
        sa.Column("remark", sa.LargeBinary(), nullable=False),
        sa.Column("heard_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "chat", "account", name=op.f("pk_voices")),
    )
    with op.batch_alter_table("voices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voices_lane_chat_name_hash"), ["lane", "chat", "name_hash"], unique=False)

    op.create_table(
        "watermarks",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("planned_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_watermarks")),
    )
    op.create_table(
        "webchat_messages",
        sa.Column("lane", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "id", name=op.f("pk_webchat_messages")),
    )
    with op.batch_alter_table("webchat_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webchat_messages_lane_room_id"), ["lane", "room", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("webchat_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webchat_messages_lane_room_id"))

    op.drop_table("webchat_messages")
    op.drop_table("watermarks")
    with op.batch_alter_table("voices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voices_lane_chat_name_hash"))

    op.drop_table("voices")
    op.drop_table("settings")
    op.drop_table("roster_versions")
    op.drop_table("people")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_lane_state_next_at"))
        batch_op.drop_index(batch_op.f("ix_outbox_lane_incident"))

    op.drop_table("outbox")
    with op.batch_alter_table("log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_lane_same_hash_said_at"))
        batch_op.drop_index(batch_op.f("ix_log_lane_said_hash_said_at"))
        batch_op.drop_index(batch_op.f("ix_log_lane_remark_hash_said_at"))
        batch_op.drop_index(batch_op.f("ix_log_lane_external_id"))

    op.drop_table("log")
    op.drop_table("lanes")
    op.drop_table("job_runs")
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incidents_lane_household_category"))

    op.drop_table("incidents")
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_households_phone_index"))

    op.drop_table("households")
    op.drop_table("goods")
    op.drop_table("gaps")
    with op.batch_alter_table("forwarded_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forwarded_lines_lane_said_hash"))

    op.drop_table("forwarded_lines")
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facts_lane_kind_slot_household"))
        batch_op.drop_index(batch_op.f("ix_facts_lane_kind_round_household"))
        batch_op.drop_index(batch_op.f("ix_facts_lane_household"))
        batch_op.drop_index(batch_op.f("ix_facts_lane_chain_entry"))

    op.drop_table("facts")
    op.drop_table("entries")
    with op.batch_alter_table("disputes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disputes_lane_chain_entry"))

    op.drop_table("disputes")
    op.drop_table("closed_rounds")
    op.drop_table("chats")
    with op.batch_alter_table("chains", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chains_lane_chat_newest_at"))

    op.drop_table("chains")
    with op.batch_alter_table("chain_posts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chain_posts_lane_position"))

    op.drop_table("chain_posts")
    op.drop_table("bindings")
