"""`qa simulate`: calls with planted faults, so that every view has something to show."""

from datetime import datetime, timedelta
from typing import Annotated

import typer

from qa.cli.language import say
from qa.cli.options import SiteOption
from qa.cli.output import err, stop
from qa.flow.drawn_centre import keep_plans
from qa.flow.gather import gather, gather_rules
from qa.flow.opened import open_site
from qa.flow.simulated import keep_scripts
from qa.simulate.callbacks import with_callbacks
from qa.simulate.site import SiteSpec, plan_site, simulate_site
from transcribe.errors import CodedError, CodedErrors


def simulate(
    csrs: Annotated[int, typer.Option(min=1, max=500, help=say("座席数", "CSRs"))] = 30,
    calls: Annotated[int, typer.Option(min=1, max=500, help=say("每人通话数", "calls a CSR"))] = 20,
    seed: Annotated[int, typer.Option(min=0, help=say("随机种子", "seed"))] = 0,
    days: Annotated[int, typer.Option(min=1, max=3650, help=say("跨多少天", "over days"))] = 90,
    drawn: Annotated[
        bool,
        typer.Option(
            "--drawn",
            help=say("只抽判定，不写话、不过规则", "draw verdicts only: no words, no rules"),
        ),
    ] = False,
    callbacks: Annotated[
        float,
        typer.Option(min=0, max=1, help=say("兑现回电承诺的比例", "share of promised calls back")),
    ] = 0.0,
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help=say("最后一天（默认昨天）", "last day with calls; yesterday"),
        ),
    ] = None,
    site: SiteOption = "",
) -> None:
    try:
        opened = open_site(site or None)
        store, packs = opened.store, opened.packs()
        teams = max(3, csrs // 15)  # the span that requirement G7 warns beyond
        zone = opened.required.settings.zone
        last = until.date() if until else datetime.now(zone).date() - timedelta(days=1)
        spec = SiteSpec(csrs=csrs, teams=teams, calls_a_csr=calls, days=days, seed=seed)
        spec = spec.ending(last)
        if drawn:
            kept = keep_plans(store, packs, plan_site(spec).plans)
        else:
            scripts = simulate_site(spec).scripts
            if callbacks:
                end = spec.start + timedelta(days=days)
                scripts = with_callbacks(scripts, share=callbacks, seed=seed, until=end)
            kept = keep_scripts(store, packs, scripts, limits=opened.limits)
            gather(store, gather_rules(opened.required, packs.topics))
    except (CodedError, CodedErrors) as error:
        stop(error)
    err.print(say(f"已生成并评分 {kept} 通模拟通话。", f"made and graded {kept} simulated calls."))
