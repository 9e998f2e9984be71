"""`qa init`, `qa import`, `qa demo`: a site folder, its calls, and the whole job on our own."""

import json
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from qa.cli.coaching import print_team
from qa.cli.curriculum import print_cohorts
from qa.cli.grading import run_calls
from qa.cli.judging import Workers
from qa.cli.language import say
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import ALL_WELL, SOME_FAILED, err, out, print_errors, problem_of, stop
from qa.cli.plans import print_plans
from qa.cli.report import print_day
from qa.cli.showing import print_calls
from qa.cli.standing import print_causes
from qa.domain.coaching import Window
from qa.flow.advise import advise
from qa.flow.curriculum import gap_matrix
from qa.flow.day_list import day_list
from qa.flow.demo_centre import FOLDER as CENTRE
from qa.flow.demo_centre import centre_view, fill_centre, open_centre
from qa.flow.metadata_import import ImportReport, import_calls
from qa.flow.opened import Opened, open_site
from qa.flow.run import Bench, Run
from qa.flow.shipped import shipped_root
from qa.flow.site import init_site
from qa.flow.standing import estimates_of
from qa.flow.workers import default_workers
from transcribe.errors import CodedError, CodedErrors

DEMO_FOLDER = "callgrade-demo"
COMING = timedelta(days=30)  # the quarter it will be then is planned as an example
MOST_PLANS, MOST_WAITING = 3, 8  # of the simulated centre's, as examples


def init(
    folder: Annotated[str, typer.Argument(help=say("站点文件夹", "site folder"))],
) -> None:
    try:
        site = init_site(Path(folder))
    except (CodedError, CodedErrors) as error:
        stop(error)
    out.print(say(f"站点文件夹已建好：{site.folder}", f"The site folder is ready: {site.folder}"))
    out.print(
        say(
            "  recordings/ 放录音，calls.csv 写元数据，rules/ 和 scorecards/ 可以编辑。\n"
            f"  下一步：qa import {site.folder}/calls.csv --site {site.folder}，"
            f"再 qa run --site {site.folder}",
            "  Put recordings into recordings/, describe them in calls.csv, edit rules/ and "
            "scorecards/.\n"
            f"  Next: qa import {site.folder}/calls.csv --site {site.folder}, then "
            f"qa run --site {site.folder}",
        ),
        markup=False,
    )


def import_(
    table: Annotated[str, typer.Argument(help=say("CSV 或 XLSX 表", "CSV or XLSX table"))],
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        imported = _import(open_site(site or None), Path(table))
    except (CodedError, CodedErrors) as error:
        stop(error)
    if as_json:
        _print_json(imported)
    else:
        print_errors(imported.errors)
        out.print(
            say(
                f"{len(imported.new)} 通新增，{len(imported.corrected)} 通有修改，"
                f"{len(imported.unchanged)} 通未变，{len(imported.errors)} 处错误。",
                f"{len(imported.new)} calls new, {len(imported.corrected)} corrected, "
                f"{len(imported.unchanged)} unchanged, {len(imported.errors)} errors.",
            )
        )
    raise typer.Exit(SOME_FAILED if imported.errors else ALL_WELL)


def _import(opened: Opened, table: Path) -> ImportReport:
    rules = opened.required.import_rules()
    return import_calls(table, opened.store, rules, at=datetime.now(UTC), by="qa import")


def _print_json(imported: ImportReport) -> None:
    shown = {
        "new": imported.new,
        "corrected": imported.corrected,
        "unchanged": imported.unchanged,
        "errors": [problem_of(error).model_dump(mode="json") for error in imported.errors],
    }
    sys.stdout.write(json.dumps(shown, ensure_ascii=False) + "\n")


def demo(
    folder: Annotated[
        str, typer.Argument(help=say("演示站点文件夹", "folder of the demo site"))
    ] = DEMO_FOLDER,
    workers: Workers = 0,
) -> None:
    try:
        opened = _demo_site(Path(folder))
        imported = _import(opened, opened.required.folder / "calls.csv")
        print_errors(imported.errors)
        packs = opened.packs()
        bench = Bench(
            store=opened.store,
            packs=packs,
            limits=opened.limits,
            settings=opened.transcribe_settings(),
            privacy=opened.privacy,
            recordings=opened.required.recordings,
            workers=workers or default_workers(),
        )
        err.print(
            say(
                "正在转写并评分十段演示通话（首次约几分钟，再次运行无需处理）……",
                "Transcribing and grading the demo calls (some minutes at first, nothing later)...",
            )
        )
        tally = run_calls(Run(bench, opened.store.calls()))
        for _, errors in tally.failed:
            print_errors(errors)
        print_calls(opened.store, opened.required.settings.zone)
        print_team(advise(opened.store, packs, window=Window()), packs)
        _show_centre(Path(folder))
    except (CodedError, CodedErrors) as error:
        stop(error)
    _print_next(opened, folder)
    raise typer.Exit(SOME_FAILED if tally.failed else ALL_WELL)


def _show_centre(folder: Path) -> None:
    """The simulated centre: what is no matter of one person, who needs what, plans."""
    opened, empty = open_centre(folder)
    now = datetime.now(UTC)
    today = now.astimezone(opened.required.settings.zone).date()
    if empty:
        err.print(
            say(
                "正在生成并评分模拟中心：30 位座席三个月的通话（约二十秒）……",
                "Making and grading a simulated centre: 30 CSRs over three months...",
            )
        )
        fill_centre(opened, today=today)
    (centre, gathered), packs = centre_view(opened, now=now), opened.packs_to_read()
    out.rule(say("模拟中心：30 位座席，三个月", "A simulated centre: 30 CSRs, three months"),
             align="left")  # fmt: skip
    print_causes(estimates_of(centre, packs))
    matrix = gap_matrix(opened.store, packs, centre, today=today)
    print_cohorts(matrix.cohorts, packs)
    print_plans(opened.store.plans()[:MOST_PLANS], packs, now)
    waits = day_list(gathered, now=now)
    print_day(waits[:MOST_WAITING], left=len(waits), day=today)
    site = f"{folder}/{CENTRE}"
    lines = (
        f"  qa coach --site {site}    " + say("全部座席", "every CSR"),
        f"  qa curriculum --site {site}    " + say("班组与队列的差距", "gaps of teams and queues"),
        f"  qa curriculum propose --quarter {_quarter(today + COMING)} --site {site}    "
        + say("在闲时排课", "sessions in quiet hours"),
        f"  qa plan --site {site}    " + say("辅导计划", "coaching plans"),
        f"  qa today --site {site}    " + say("今天的待办", "all that waits today"),
        f"  qa promises --site {site}    " + say("对客户的承诺", "promises to customers"),
        f"  qa complaints --site {site}    " + say("投诉雷达", "what customers complain of"),
        f"  qa report --site {site}    " + say("周报", "the week's report"),
        f"  qa course peers --site {site}    " + say("结对与兼职讲师", "pairs, part-time trainers"),
    )
    for line in lines:
        out.print(escape(line), soft_wrap=True)
    out.print()


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _demo_site(folder: Path) -> Opened:
    """The demo site, made at first with the shipped recordings and their table."""
    if not (folder / "settings.yaml").exists():
        init_site(folder)
        source = shipped_root() / "demo"
        shutil.copytree(source / "recordings", folder / "recordings", dirs_exist_ok=True)
        shutil.copyfile(source / "calls.csv", folder / "calls.csv")
    return open_site(str(folder))


def _print_next(opened: Opened, folder: str) -> None:
    calls = opened.store.calls()
    csr = next((call.csr_id for call in calls if call.csr_id), "CSR")
    first = calls[0].id if calls else "CALL"
    lines = (
        say(f"结果都在 {folder}", f"Everything made is in {folder}"),
        f"  qa show {first} --site {folder}    "
        + say("一通通话的转写、判定和依据", "one call: words, marks, proof"),
        f"  qa coach {csr} --site {folder}    "
        + say("一位座席的辅导单", "one CSR's coaching sheet"),
        f"  qa export evaluations.xlsx --site {folder}    "
        + say("导出到表格", "evaluations as a spreadsheet"),
    )
    for line in lines:
        out.print(escape(line), soft_wrap=True)
