"""The command line's commands and how they start."""

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

import qa
from qa.cli.commands import COMMANDS
from qa.cli.language import LANGUAGE, say, without_language
from qa.cli.output import err

if LANGUAGE == "zh":
    import typer.rich_utils

    typer.rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    typer.rich_utils.OPTIONS_PANEL_TITLE = "选项"
    typer.rich_utils.COMMANDS_PANEL_TITLE = "命令"
    typer.rich_utils.ERRORS_PANEL_TITLE = "用法错误"
    typer.rich_utils.REQUIRED_LONG_STRING = "[必填]"
    typer.rich_utils.DEFAULT_STRING = "[默认：{}]"


class Command(TyperCommand):
    """A command whose own help option speaks this run's language."""

    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx))


class Group(TyperGroup):
    """The group of all commands, with the same help option."""

    def get_help_option(self, ctx: Any) -> Any:
        return _told(super().get_help_option(ctx))


def _told(option: Any) -> Any:
    if option is not None:
        option.help = say("显示本说明", "Show this message and exit.")
    return option


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The command line with the one command that is asked for; where none is known, with the
    names of all. Only what is asked for is imported: all takes longer than most views.
    """
    app = typer.Typer(
        name="qa",
        cls=Group,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=say(
            "本地、按规则的呼叫中心质检与辅导：录音 -> 转写 -> 判定 -> 评分 -> 培训建议。"
            "任何命令都可加 --lang zh|en。",
            "Local, rule-driven quality monitoring and coaching for call centres: recordings -> "
            "transcripts -> verdicts -> scores -> training. Any command takes --lang zh|en.",
        ),
    )
    asked = next((one for one in arguments if not one.startswith("-")), "")
    for name in [asked] if asked in COMMANDS else COMMANDS:
        where, zh, en = COMMANDS[name]
        work = _work_of(where) if name == asked else _named_only
        app.command(name, cls=Command, help=say(zh, en))(work)
    app.callback()(top)
    return app


def _work_of(where: str) -> Callable[..., None]:
    module, _, function = where.partition(".")
    work: Callable[..., None] = getattr(importlib.import_module(f"qa.cli.{module}"), function)
    return work


def _named_only() -> None:
    """Stands in the list of commands for one that was not asked for."""


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"qa {qa.__version__}\n")
        raise typer.Exit


def top(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help=say("版本", "version"), is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """The options of `qa` itself; the work is in the commands."""


def run_app() -> None:
    """Runs the command line of this process."""
    sys.argv[1:] = without_language(sys.argv[1:])
    try:
        app_for(sys.argv[1:])()
    except KeyboardInterrupt:
        err.print(say("已中断；已完成的通话已保存。", "Stopped; what was finished is kept."))
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
