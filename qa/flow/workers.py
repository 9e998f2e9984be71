"""A pool of worker processes that survives the death or the hanging of any of them."""

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait

from pebble import ProcessExpired, ProcessPool

from qa.domain.limits import Limits
from qa.domain.packs import Packs
from qa.flow.work import Done, Job, Worker
from transcribe.errors import CodedError
from transcribe.settings import TranscribeSettings

# A call that takes longer than this many times its own length, and at least MIN_TIMEOUT_S, hangs
# (guess: the base model on one slow core needs under one time its length).
TIMES_REAL_TIME = 20.0
MIN_TIMEOUT_S = 900.0
AHEAD = 2  # jobs a worker that wait inside the pool


def default_workers() -> int:
    """One a core this process may use: a single-threaded worker a core is fastest."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_WORKER: Worker | None = None


def start_worker(packs: Packs | None, limits: Limits, settings: TranscribeSettings) -> None:
    """Makes this process a worker."""
    global _WORKER
    _WORKER = Worker(packs, limits, settings)


def do_job(job: Job) -> Done:
    """The job done by this process's worker."""
    if _WORKER is None:
        raise RuntimeError("start_worker has not run in this process")
    return _WORKER.do(job)


def work_through(
    jobs: Iterable[Job],
    *,
    workers: int,
    packs: Packs | None,
    limits: Limits,
    settings: TranscribeSettings,
) -> Iterator[tuple[Job, Done]]:
    """Each job with what became of it, in the order they finish; jobs are taken as they fit.

    A worker that dies (QA844) or exceeds its time (QA845) costs the job it held; a fault of
    this program in one job (QA846) costs that job. The rest go on.
    """
    waiting = iter(jobs)
    job = next(waiting, None)
    running: dict[Future[Done], Job] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPool(
        max_workers=workers,
        context=context,
        initializer=start_worker,
        initargs=[packs, limits, settings],
    ) as pool:
        try:
            while job is not None or running:
                while job is not None and len(running) < workers * AHEAD:
                    future = pool.schedule(do_job, args=[job], timeout=_timeout_s(job))
                    running[future] = job
                    job = next(waiting, None)
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for one in finished:
                    done = running.pop(one)
                    yield done, _outcome(done, one)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _timeout_s(job: Job) -> float:
    return max(MIN_TIMEOUT_S, TIMES_REAL_TIME * (job.call.duration_s or 0.0))


def _outcome(job: Job, future: "Future[Done]") -> Done:
    step = "transcribe" if job.transcript is None else "judge"
    try:
        return future.result()
    except ProcessExpired as error:
        problem = CodedError("QA844", place=job.call.source, exit=error.exitcode)
    except TimeoutError:
        problem = CodedError("QA845", place=job.call.source, seconds=round(_timeout_s(job)))
    except Exception as error:  # noqa: BLE001 - one call's fault must not end the run
        seen = f"{type(error).__name__}: {error}"
        problem = CodedError("QA846", place=job.call.source, seen=seen[:300])
    return Done(call=job.call, transcript=job.transcript, errors=(problem,), failed=step)
