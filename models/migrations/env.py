"""Alembic's entry: runs the migrations on the connection that `upgrade` hands over."""

from alembic import context

from models.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=True,
    transactional_ddl=True,  # SQLite can; Alembic takes it to be unable
)
with context.begin_transaction():
    context.run_migrations()
