"""One file = one timed job. The order here is the order in which jobs of the same moment run."""

from scheduler.jobs import digest, escalation, prompt, second_call, shopping_list, summary
from scheduler.plan import Job

JOBS: tuple[Job, ...] = (prompt.JOB, second_call.JOB, shopping_list.JOB, summary.JOB)
WATCHES = (escalation.watch, digest.watch)
WATCH_MOMENTS = (escalation.moments, digest.moments)
