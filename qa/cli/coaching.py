"""`qa coach`: what training each CSR needs, why, and what would have been right."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.opening import centre_now
from qa.cli.options import AsJson, SiteOption
from qa.cli.output import out, stop, warn_left_out
from qa.cli.standing import print_causes, standing_table
from qa.domain.coaching import Instance, Recommendation, Window
from qa.domain.packs import Packs
from qa.domain.text import plural
from qa.findings.reasons import clock
from qa.flow.advise import Advice, advise
from qa.flow.coaching import failed_courses
from qa.flow.development import consenting
from qa.flow.examples import Example, example_of
from qa.flow.lines import as_json as line_json
from qa.flow.opened import Opened, open_site
from qa.flow.standing import Centre, CsrLine, Estimates, estimates_of, overview
from transcribe.errors import CodedError, CodedErrors

MOST_NEEDS = 3  # guess: more than one conversation can change
MOST_INSTANCES = 4  # guess: places a supervisor will listen to for one weak point


def coach(
    csr: Annotated[
        str, typer.Argument(help=say("工号；不写则列出全部座席", "CSR id; default: every CSR"))
    ] = "",
    from_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help=say("起始日", "first day")),
    ] = None,
    to_day: Annotated[
        datetime | None,
        typer.Option(
            "--to", formats=["%Y-%m-%d"], help=say("截止日（不含）", "day after the last")
        ),
    ] = None,
    site: SiteOption = "",
    as_json: AsJson = False,
) -> None:
    try:
        opened = open_site(site or None)
        packs = opened.packs_to_read()
        window = _window(opened, from_day, to_day)
        centre = centre_now(opened, packs, window)
        estimates = estimates_of(centre, packs)
        failed = failed_courses(opened.store, packs, centre, today=datetime.now(UTC).date())
        advices: tuple[Advice, ...] = ()
        if csr or as_json:
            advices = advise(opened.store, packs, window=window, csr_id=csr or None, failed=failed)
        if csr and not advices:
            known = sorted({c.csr_id for c in opened.store.calls() if c.csr_id})
            raise CodedError("QA850", place=csr, csr=csr, options=", ".join(known) or "-")
    except (CodedError, CodedErrors) as error:
        stop(error)
    warn_left_out(centre.counts.left_out)
    if as_json:
        for one in advices:
            sys.stdout.write(json.dumps(_with(one, estimates), ensure_ascii=False) + "\n")
    elif csr:
        for one in advices:
            print_advice(one, packs, _examples(opened, centre, one))
            out.print()
            out.print(standing_table(estimates, packs, one.csr_id))
        print_causes(estimates)
    else:
        print_team(overview(centre, packs, failed=failed), packs)
        print_causes(estimates)


def _with(advice: Advice, estimates: Estimates) -> dict[str, object]:
    """The advice's line, with the CSR's estimates and what is no matter of one person."""
    own = [line_json(one) for one in estimates.skills if one.csr_id == advice.csr_id]
    shared = [line_json(one) for one in estimates.shared_causes if one.team in (None, advice.team)]
    return {**line_json(advice), "estimates": own, "shared_causes": shared}


def _window(opened: Opened, from_day: datetime | None, to_day: datetime | None) -> Window:
    zone = opened.required.settings.zone
    return Window(
        from_at=from_day.replace(tzinfo=zone) if from_day else None,
        to_at=to_day.replace(tzinfo=zone) if to_day else None,
    )


def print_team(advices: Sequence[Advice | CsrLine], packs: Packs) -> None:
    """One row a CSR: mean score, the weakest skills and the course for each."""
    if not advices:
        out.print(say("还没有已评分的通话。", "No graded calls yet."))
        return
    table = Table(title=say("座席与培训建议", "CSRs and training"), title_justify="left")
    table.add_column(say("座席", "CSR"), no_wrap=True)
    table.add_column(say("通话", "calls"), justify="right")
    table.add_column(say("均分", "mean"), justify="right")
    table.add_column(say("失分最多 → 建议课程", "points lost in → training"))
    for one in advices:
        table.add_row(
            escape(f"{one.csr_id} {one.csr_name or ''}".strip()),
            str(one.calls),
            "-" if one.mean_score is None else f"{one.mean_score:.1f}",
            escape("\n".join(_need_text(packs, r) for r in one.recommendations[:MOST_NEEDS])),
        )
    out.print(table)


def _need_text(packs: Packs, one: Recommendation) -> str:
    """A skill, confirmed fatal items and points lost in it, and the first course for it."""
    point = one.weak_point
    lost = _skill(packs, point.skill)
    if point.fatal_calls:
        calls = plural(point.fatal_calls, "fatal call")
        lost += say(f"（一票否决 {point.fatal_calls} 通）", f" ({calls})")
    if point.lost_points or not point.fatal_calls:
        lost += f" -{point.lost_points:.1f}"
    if not one.courses:
        return lost
    return f"{lost} → {one.courses[0].id} {one.courses[0].title.of(LANGUAGE)}"


def _examples(opened: Opened, centre: Centre, advice: Advice) -> dict[str, Example]:
    """By skill, a colleague's good example for what the CSR loses most in."""
    willing = consenting(opened.store)
    found: dict[str, Example] = {}
    for one in advice.recommendations[:MOST_NEEDS] if willing else ():
        for item in dict.fromkeys(place.item for place in one.weak_point.instances):
            example = example_of(
                opened.store, centre, csr_id=advice.csr_id, item=item,
                languages=one.weak_point.languages, consenting=willing,
            )  # fmt: skip
            if example is not None:
                found[one.weak_point.skill] = example
                break
    return found


def print_advice(
    advice: Advice, packs: Packs, examples: Mapping[str, Example] | None = None
) -> None:
    """One CSR's sheet: strengths first, then each weak point with proof, wording, courses.

    examples: by skill, a colleague's place that was right.
    """
    name = f"{advice.csr_id} {advice.csr_name or ''}".strip()
    mean = "-" if advice.mean_score is None else f"{advice.mean_score:.1f}"
    out.rule(
        escape(
            say(
                f"{name}：{advice.calls} 通，均分 {mean}",
                f"{name}: {plural(advice.calls, 'call')}, mean {mean}",
            )
        ),
        align="left",
    )
    if advice.strengths:
        skills = ", ".join(_skill(packs, s.skill) for s in advice.strengths)
        out.print(say("强项：", "Strong in: ") + escape(skills), style="green")
    if not advice.recommendations:
        out.print(say("没有失分的能力项。", "No skill lost points."))
    for one in advice.recommendations:
        _print_recommendation(one, packs, (examples or {}).get(one.weak_point.skill))


def _print_recommendation(one: Recommendation, packs: Packs, example: Example | None) -> None:
    out.print()
    out.print(f"[bold]{one.rank}. {escape(_skill(packs, one.weak_point.skill))}[/]")
    out.print("   " + escape(one.why.of(LANGUAGE)))
    for instance in one.weak_point.instances[:MOST_INSTANCES]:
        out.print("   - " + escape(_instance_text(instance)))
        if instance.say:
            out.print(
                "     " + say("可以这样说：", "Say: ") + escape(" / ".join(instance.say)),
                style="cyan",
            )
    if example is not None:
        told = f"{example.call_id} {clock(example.start_s)} {example.item}: {example.quote}"
        out.print(
            "   ★ " + say("同事的好例子：", "A colleague did it well: ") + escape(told),
            style="green",
        )
    for course in one.courses:
        out.print(
            "   → "
            + escape(
                say(
                    f"{course.id} {course.title.zh}（{course.minutes} 分钟）",
                    f"{course.id} {course.title.en} ({course.minutes} min)",
                )
            ),
            style="bold",
        )


def _instance_text(instance: Instance) -> str:
    at = f" {clock(instance.evidence[0].start_s)}" if instance.evidence else ""
    reason = instance.reason.of(LANGUAGE)
    said = next((place.quote for place in instance.evidence if place.quote), "")
    quoted = f" “{said}”" if said and said not in reason else ""
    return f"{instance.call_id}{at} {instance.item}: {reason}{quoted}"


def _skill(packs: Packs, skill_id: str) -> str:
    return next((s.title.of(LANGUAGE) for s in packs.skills if s.id == skill_id), skill_id)
