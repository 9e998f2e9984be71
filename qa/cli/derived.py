"""Derived facts and derivations as people read them."""

import json
from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.output import out
from qa.domain.derivations import Derivation, DerivedFact
from qa.domain.packs import Packs
from qa.domain.rules import Rule
from qa.findings.levels import gives
from qa.findings.reasons import clock

_CERTAINTY = {"sure": ("确定", "sure", "bold"), "possible": ("可能", "possible", "yellow")}


def print_derived(derived: Sequence[DerivedFact]) -> None:
    """What followed from the other facts of a call; nothing when nothing did."""
    if not derived:
        return
    table = Table(title=say("推得的事实", "What follows"), title_justify="left", expand=True)
    table.add_column(say("时间", "time"), no_wrap=True)
    table.add_column(say("事实", "fact"), ratio=3)
    table.add_column(say("把握", "how surely"), no_wrap=True)
    table.add_column(say("依据", "because"), ratio=6)
    for fact in derived:
        zh, en, style = _CERTAINTY[fact.certainty]
        level = "" if fact.value is None else f" {fact.value}"
        whole = fact.turn is None and fact.quote is None
        table.add_row(
            say("整通", "whole call") if whole else clock(fact.start_s),
            escape(f"{fact.title.of(LANGUAGE)} ({fact.kind}{level})"),
            f"[{style}]{say(zh, en)}[/]",
            escape(fact.because.of(LANGUAGE)),
        )
    out.print(table)


def print_derivations(found: Iterable[Derivation], packs: Packs) -> None:
    """Each with its reason, its conditions, and who asks for what it gives."""
    for one in found:
        out.print(f"[bold]{one.id}[/] ({one.language}) {escape(one.title.of(LANGUAGE))}")
        gives_text = ", ".join(one.waives) if one.waives else one.kind
        table = Table(show_header=False, box=None)
        table.add_column(style="dim", no_wrap=True)
        table.add_column()
        judged: tuple[Rule | Derivation, ...] = (*packs.rules, *packs.derivations)
        asking = [
            other.id
            for other in judged
            if other.language == one.language
            and any(gives(one, condition) for condition in other.conditions)
        ]
        conditions = [
            f"{c.name}: {c.operator} {json.dumps(c.params, ensure_ascii=False)}"
            for c in one.conditions
        ]
        rows = [
            (say("为什么", "why"), one.why.of(LANGUAGE)),
            (say("豁免", "waives") if one.waives else say("推得", "gives"), gives_text),
            (say("值", "value"), "" if one.value is None else str(one.value)),
            (say("逐一判断", "for each"), one.each or ""),
            (say("条件", "conditions"), "\n".join(conditions)),
            (say("成立时", "when"), one.when.model_dump_json(exclude_none=True)),
            (say("用到它的", "asked for by"), ", ".join(asking)),
            (say("位置", "place"), one.place),
        ]
        for title, text in rows:
            if text:
                table.add_row(title, escape(text))
        out.print(table)
