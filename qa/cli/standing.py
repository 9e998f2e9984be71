"""Tables of how surely a CSR is weak in a skill, and of what is no matter of one person."""

from rich.markup import escape
from rich.table import Table

from qa.cli.language import LANGUAGE, say
from qa.cli.output import out
from qa.domain.estimates import SkillEstimate
from qa.domain.packs import Packs
from qa.domain.text import plural
from qa.flow.standing import Estimates

STANDINGS = {
    "below": ("低于同组", "below the team", "red"),
    "not_below": ("不低于", "not below", "green"),
    "cannot_tell": ("说不准", "cannot tell", "dim"),
}
KINDS = {
    "team_course": ("全组课程", "team course"),
    "script": ("改话术", "mend the script"),
    "process": ("改流程", "mend the process"),
}


def standing_table(estimates: Estimates, packs: Packs, csr_id: str) -> Table:
    """One CSR's skills against peers on the same kinds of calls, widest gap first."""
    titles = {skill.id: skill.title.of(LANGUAGE) for skill in packs.skills}
    table = Table(
        title=say("与同组同类通话相比", "Against the team, on the same kinds of calls"),
        title_justify="left",
        caption=say(
            "达标：近期通话权重大；差距：机会少时向同组收缩，方括号为 95% 区间；"
            "括号：低于同组的把握。",
            "met: recent calls weigh more; gap: pulled towards the team where chances are few, "
            "95 % interval; in brackets: how surely below the team.",
        ),
        caption_justify="left",
    )
    table.add_column(say("能力项", "skill"), no_wrap=True)
    table.add_column(say("达标（机会）", "met (of)"), no_wrap=True)
    table.add_column(say("同组", "team"), no_wrap=True)
    table.add_column(say("差距", "gap"), no_wrap=True)
    table.add_column(say("每月失分", "lost/month"), justify="right")
    table.add_column(say("结论", "says"), ratio=1, overflow="fold")
    for one in estimates.skills:
        if one.csr_id == csr_id:
            table.add_row(
                escape(titles.get(one.skill, one.skill)),
                f"{one.met_share:.0%} ({one.chances})",
                f"{one.expected_share:.0%}",
                f"{one.gap:+.0%} \\[{one.gap_low:+.0%}, {one.gap_high:+.0%}]",
                f"{one.lost_points_a_month:.1f}",
                _says(one),
            )
    return table


def print_causes(estimates: Estimates) -> None:
    """What most of a team fails, who should act, and how; nothing where there is none."""
    for one in estimates.shared_causes:
        kind = say(*KINDS[one.kind])
        text = f"{kind} → {one.owner.of(LANGUAGE)}: {one.why.of(LANGUAGE)}"
        out.print("• " + escape(text), style="yellow")


def _says(one: SkillEstimate) -> str:
    """The verdict; the trend only where it can be told from none."""
    zh, en, style = STANDINGS[one.standing]
    text = f"[{style}]{say(zh, en)}[/] ({one.below_probability:.0%})"
    if one.standing == "cannot_tell" and one.more_calls:
        more = plural(one.more_calls, "more call")
        text += say(f"，还需约 {one.more_calls} 通", f", {more}")
    if one.trend_low > 0 or one.trend_high < 0:
        moved = f"{one.trend_a_month:+.0%}"
        text += say(f"，每月 {moved}", f", {moved} a month")
    return text
