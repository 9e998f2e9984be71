"""Why nobody gets a new plan: what is known instead, in words."""

from qa.domain.text import Text, plural
from qa.flow.coaching import is_open
from qa.flow.standing import Centre
from qa.store.store import Store


def why_no_plan(store: Store, centre: Centre, csr_id: str = "") -> Text:
    """What stands against a new plan for the CSR, or for everybody when none is named."""
    open_plans = {one.csr_id: one.id for one in store.plans() if is_open(one)}
    every = centre.estimates()
    if csr_id in open_plans:
        plan = open_plans[csr_id]
        return Text(
            zh=f"座席 {csr_id} 已有未完成的计划 {plan}。先走完它，或 qa plan cancel {plan}。",
            en=f"CSR {csr_id} has the open plan {plan}. Finish it, or qa plan cancel {plan}.",
        )
    mine = [one for one in every if csr_id in ("", one.csr_id)]
    if not mine:
        return Text(
            zh="还没有判过的评分项，无从提计划；先评分（qa run）或人工判定（qa answer）。",
            en="No item is decided yet, so nothing speaks for a plan; grade calls (qa run) or "
            "answer open items (qa answer).",
        )
    weak = {one.csr_id for one in mine if one.standing == "below"}
    planned = len(weak & set(open_plans))
    gone = len((weak - set(open_plans)) & centre.gone())
    unsure = [one for one in mine if one.standing == "cannot_tell"]
    more = min((one.more_calls for one in unsure if one.more_calls), default=0)
    if csr_id:
        return Text(
            zh=f"座席 {csr_id} 没有确实低于同组的能力项；{len(unsure)} 项还说不准"
            + (f"，最少再评约 {more} 通。" if more else "。"),
            en=f"CSR {csr_id} is surely below the team in nothing; {plural(len(unsure), 'skill')} "
            "cannot be told yet"
            + (f", the nearest after about {plural(more, 'more call')}." if more else "."),
        )
    if not weak:
        csrs = len({one.csr_id for one in unsure})
        return Text(
            zh="没有新计划：没有人确实低于同组。"
            + (f"{csrs} 人有说不准的能力项，最少再评约 {more} 通。" if more else ""),
            en="No new plan: nobody is surely below the team."
            + (f" {plural(csrs, 'CSR')} cannot be told in some skill yet, the nearest after about "
               f"{plural(more, 'more call')}." if more else ""),
        )  # fmt: skip
    return Text(
        zh=f"没有新计划：确实低于同组的 {len(weak)} 人里，{planned} 人已有未完成的计划，"
        f"{gone} 人已不在岗；其余的人没有确实低于同组的能力项。",
        en=f"No new plan: of {plural(len(weak), 'CSR')} surely below the team {planned} with an "
        f"open plan, {gone} gone; nobody else is surely below.",
    )
