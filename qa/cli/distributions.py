"""`qa distributions`: the site's own calls as the measure of its rules' percentiles."""

import typer
from rich.table import Table

from qa.cli.language import say
from qa.cli.options import SiteOption
from qa.cli.output import out, print_line, stop
from qa.cli.tables import speaker_text
from qa.domain.distributions import MIN_CALLS
from qa.flow.distributions import ReadOff, read_off, waiting, write_distributions
from qa.flow.opened import open_site
from transcribe.errors import CodedError, CodedErrors


def distributions(
    site: SiteOption = "",
    as_json: bool = typer.Option(False, "--json", help=say("输出 JSON", "print JSON")),
) -> None:
    try:
        opened = open_site(site or None)
        folder = opened.required.folder
        packs = opened.packs_to_read()
        calls, made = read_off(opened.store, file=opened.columns_file)
        path = write_distributions(folder, made)
    except (CodedError, CodedErrors) as error:
        stop(error)
    done = ReadOff(
        path=str(path.relative_to(folder)),
        calls=calls,
        distributions=made,
        waiting=waiting(packs.rules, made, packs.derivations),
    )
    if as_json:
        print_line(done)
    else:
        _print(done)


def _print(done: ReadOff) -> None:
    title = say(
        "本站的语速：字/分（中文）、词/分（英文）",
        "Pace of the site's own calls: characters (zh) or words (en) a minute",
    )
    table = Table(title=title, title_justify="left")
    columns = (
        say("语言", "language"), say("说话方", "speaker"), say("每", "per"), say("通数", "calls"),
        "5%", "25%", "50%", "75%", "95%",
    )  # fmt: skip
    for column in columns:
        table.add_column(column)
    for one in done.distributions:
        per = say("通", "call") if one.per == "call" else say("话轮", "turn")
        shown = [f"{one.at(percentile):.0f}" for percentile in (5, 25, 50, 75, 95)]
        table.add_row(one.language, speaker_text(one.speaker), per, str(one.calls), *shown)
    out.print(table)
    for rule in done.waiting:
        zh = f"{rule.rule_id}（{rule.language}）还差 {rule.calls_short} 通（要 {MIN_CALLS} 通）"
        en = f"{rule.rule_id} ({rule.language}) needs {rule.calls_short} more calls of {MIN_CALLS}"
        out.print(say(zh, en), style="yellow")
    zh = f"由 {done.calls} 通通话统计，已写入 {done.path}；下次判定起生效。"
    en = f"Read off {done.calls} calls into {done.path}; rules use it from the next run on."
    out.print(say(zh, en))
