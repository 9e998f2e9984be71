"""The command line's commands and how they start."""

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
import typer.rich_utils
from typer.core import TyperCommand, TyperGroup

import qa
from qa.cli import (
    authoring,
    coaching,
    grading,
    judging,
    plans,
    rule_tools,
    showing,
    sites,
    training,
    whatif,
)
from qa.cli.language import LANGUAGE, say, without_language
from qa.cli.output import err

if LANGUAGE == "zh":
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

_COMMANDS: dict[str, Callable[..., None]] = {
    "demo": sites.demo,
    "init": sites.init,
    "import": sites.import_,
    "run": grading.run,
    "show": showing.show,
    "coach": coaching.coach,
    "plan": plans.plan,
    "course": training.course,
    "effect": training.effect,
    "simulate": training.simulate,
    "answer": grading.answer,
    "export": grading.export,
    "transcribe": judging.transcribe,
    "facts": judging.facts,
    "judge": judging.judge,
    "check": authoring.check,
    "try": rule_tools.try_,
    "new": rule_tools.new,
    "whatif": whatif.whatif,
    "explain": authoring.explain,
    "doctor": authoring.doctor,
}
_HELP: dict[str, str] = {
    **sites.HELP,
    **grading.HELP,
    **showing.HELP,
    **coaching.HELP,
    **plans.HELP,
    **training.HELP,
    **judging.HELP,
    **authoring.HELP,
    **rule_tools.HELP,
    **whatif.HELP,
}
for _name, _command in _COMMANDS.items():
    app.command(_name, cls=Command, help=_HELP[_name])(_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"qa {qa.__version__}\n")
        raise typer.Exit


@app.callback()
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
        app()
    except KeyboardInterrupt:
        err.print(say("已中断；已完成的通话已保存。", "Stopped; what was finished is kept."))
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
