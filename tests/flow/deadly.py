"""Work for real worker processes, some of which it kills, breaks or keeps for ever."""

import os
import signal
import time

from qa.flow import workers
from qa.flow.work import Done, Job


def do_job(job: Job) -> Done:
    """The job done, unless its call says what is to happen to the worker instead."""
    if job.call.id == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if job.call.id == "hangs":
        time.sleep(600)
    if job.call.id == "breaks":
        raise ZeroDivisionError("a fault of this program")
    return workers.do_job(job)
