"""The site as views begin with it; what is read for the first time shows how far it is."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.progress import Progress

from qa.cli.language import say
from qa.cli.output import progress
from qa.domain.coaching import Window
from qa.domain.packs import Packs
from qa.flow.gathered import Gathered, gathered
from qa.flow.opened import Opened
from qa.flow.standing import Centre, centre_of
from qa.store.graded import Told


def centre_now(opened: Opened, packs: Packs, window: Window | None = None) -> Centre:
    """The graded calls of the window, of all time without one."""
    with _reading(say("读取新的评分", "Reading new evaluations")) as told:
        return centre_of(
            opened.store, packs, window or Window(), file=opened.columns_file, told=told
        )


def gathered_site(option: str) -> Gathered:
    """The site of `--site` with everything stored of its calls gathered."""
    with _reading(say("整理新的通话", "Going through new calls")) as told:
        return gathered(option or None, told=told)


@contextmanager
def _reading(what: str) -> Iterator[Told]:
    """Hears how much was read and shows it, where it does not come all at once."""
    with ExitStack() as shown:
        bar: Progress | None = None

        def told(done: int, whole: int) -> None:
            nonlocal bar
            if bar is None and done < whole:
                bar = shown.enter_context(progress())
                bar.add_task(what, total=whole, note="")
            if bar is not None:
                bar.update(bar.task_ids[0], completed=done)

        yield told
