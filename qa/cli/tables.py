"""Tables for people: an evaluation, a transcript, facts, a coaching sheet."""

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.domain.evaluations import Evaluation, ItemScore
from qa.domain.facts import Fact
from qa.domain.findings import Finding
from qa.domain.scorecards import Scorecard
from qa.findings.reasons import clock
from qa.flow.misheard import Alternative
from transcribe.transcript import Transcript

VERDICTS = {
    "met": ("达标", "met", "green"),
    "not_met": ("未达标", "not met", "red"),
    "not_applicable": ("不适用", "n/a", "dim"),
    "undecided": ("待人工", "for a person", "yellow"),
}
SPEAKERS = {
    "csr": ("座席", "CSR"),
    "customer": ("客户", "customer"),
    "unknown": ("未知", "unknown"),
    None: ("", ""),
}


def verdict_text(verdict: str) -> str:
    """The verdict in this run's language, coloured."""
    zh, en, style = VERDICTS[verdict]
    return f"[{style}]{say(zh, en)}[/]"


def speaker_text(speaker: str | None) -> str:
    return say(*SPEAKERS.get(speaker, ("", "")))


def points_text(item: ItemScore) -> str:
    got = "?" if item.points is None else f"{float(item.points):g}"
    return f"{got}/{float(item.max_points):g}"


def evaluation_table(
    evaluation: Evaluation, findings: Sequence[Finding], scorecard: Scorecard
) -> Table:
    """Items with verdict, points and the reason of their first deciding finding."""
    table = Table(title=summary(evaluation, scorecard), title_justify="left", expand=True)
    table.add_column(say("评分项", "item"), ratio=3)
    table.add_column(say("判定", "verdict"), no_wrap=True)
    table.add_column(say("得分", "points"), justify="right", no_wrap=True)
    table.add_column(say("依据", "because"), ratio=6)
    by_id = {finding.id: finding for finding in findings}
    titles = {item.ref_id: item for item in scorecard.items}
    for section, shown in zip(evaluation.sections, scorecard.sections, strict=True):
        table.add_section()
        got = f"{float(section.points):g}/{float(section.max_points):g}"
        table.add_row(f"[bold]{escape(shown.title.of(LANGUAGE))}[/]", "", f"[bold]{got}[/]", "")
        for item in section.items:
            title = f"{item.ref_id} {escape(titles[item.ref_id].title.of(LANGUAGE))}"
            reasons = [_reason(by_id[i], item) for i in item.findings if i in by_id]
            why = "\n".join(reason for reason in reasons if reason)
            if item.source == "human":
                why = say("由人判定", "answered by a person") + ("\n" + why if why else "")
            table.add_row(title, verdict_text(item.verdict), points_text(item), why)
    return table


def _reason(finding: Finding, item: ItemScore) -> str:
    """The finding's reason, where it says something of the item's verdict."""
    text = escape(finding.reason.text.of(LANGUAGE))
    if finding.status != "live":
        mark = say("试用", "trial")
        return f"[dim]{finding.rule_id} ({mark}) {verdict_text(finding.verdict)}: {text}[/]"
    if item.verdict == "met" and finding.verdict == "not_applicable":
        return ""
    return f"[dim]{finding.rule_id}[/] {text}"


def summary(evaluation: Evaluation, scorecard: Scorecard) -> str:
    """Score, range, coverage and pass in one line."""
    low, high = (float(end) for end in evaluation.range)
    score = "-" if evaluation.score is None else f"{float(evaluation.score):g}"
    passed = {
        True: say("合格", "pass"),
        False: say("不合格", "fail"),
        None: say("合格与否待人工", "pass or fail waits for a person"),
    }[evaluation.passed]
    text = say(
        f"{scorecard.title.zh}：{score} 分（区间 {low:g}-{high:g}），"
        f"覆盖率 {evaluation.coverage:.0%}，{passed}",
        f"{scorecard.title.en}: {score} points (range {low:g}-{high:g}), "
        f"coverage {evaluation.coverage:.0%}, {passed}",
    )
    if evaluation.fatal_pending:
        items = ", ".join(fatal.ref_id for fatal in evaluation.fatal_pending)
        text += say(f"，一票否决待确认：{items}", f", fatal to be confirmed: {items}")
    if evaluation.fatal:
        items = ", ".join(fatal.ref_id for fatal in evaluation.fatal)
        text += say(f"，一票否决：{items}", f", fatal: {items}")
    return escape(text)


def transcript_table(transcript: Transcript) -> Table:
    """Turns with their times."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(no_wrap=True)
    table.add_column()
    for turn in transcript.turns:
        when = f"{clock(turn.start_s)}-{clock(turn.end_s)}"
        table.add_row(when, speaker_text(turn.speaker), escape(turn.text))
    return table


def alternatives_table(found: Iterable[Alternative]) -> Table:
    """What may have been said instead of what was heard; nothing is put in its place."""
    table = Table(
        title=say("可能听错的地方（原文不改）", "May be misheard (the text stays as it is)"),
        title_justify="left",
    )
    for title in (say("时间", "time"), say("听到", "heard"), say("可能是", "may be")):
        table.add_column(title)
    table.add_column(say("差距", "distance"), justify="right", no_wrap=True)
    for one in found:
        table.add_row(
            clock(one.start_s), escape(one.heard), escape(one.may_be), f"{one.distance:.2f}"
        )
    return table


def facts_table(facts: Iterable[Fact]) -> Table:
    """Facts with time, speaker, value and quote."""
    table = Table(expand=True)
    for title in (say("时间", "time"), say("事实", "fact"), say("说话方", "speaker")):
        table.add_column(title, no_wrap=True)
    table.add_column(say("值", "value"), justify="right")
    table.add_column(say("原话", "quote"), ratio=4)
    for fact in facts:
        value = f"{fact.value:.2f}" if isinstance(fact.value, float) else str(fact.value or "")
        table.add_row(
            f"{clock(fact.start_s)}-{clock(fact.end_s)}",
            fact.kind,
            speaker_text(fact.speaker),
            escape(f"{value} {fact.unit or ''}".strip()),
            escape(fact.quote or ""),
        )
    return table
