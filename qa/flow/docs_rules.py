"""The page of all shipped rules: one chapter a rule, both languages side by side."""

from qa.domain.derivations import Derivation
from qa.domain.packs import Packs
from qa.domain.rules import AREAS, Rule
from qa.glossary import word
from transcribe.transcript import Language

_MADE = "<!-- Made by `make docs` from rules/. -->\n"


def rules_page(packs: Packs) -> str:
    """Every rule with its reason, its doubt, right wordings, and the items that use it."""
    by_id: dict[str, dict[Language, Rule]] = {}
    for rule in packs.rules:
        by_id.setdefault(rule.id, {})[rule.language] = rule
    ordered = sorted(by_id, key=lambda rule_id: (_area(rule_id), rule_id))
    items = _items(packs)
    return "\n".join(
        [
            "# Rules / 质检规则\n",
            _MADE,
            "A rule states a standard the CSR should reach: met is always good. The same standard "
            "has the same id in every language.\n",
            "每条规则写明座席应达到的标准：达标总是好的。同一标准在各语言中编号相同。\n",
            *(_chapter(rule_id, by_id[rule_id], items.get(rule_id, ())) for rule_id in ordered),
            *_derivations(packs),
        ]
    )


def _area(rule_id: str) -> int:
    return AREAS.index(rule_id.partition("-")[0])


def _items(packs: Packs) -> dict[str, tuple[str, ...]]:
    """Rule id -> "scorecard item" of everything that uses it."""
    found: dict[str, list[str]] = {}
    for scorecard in packs.scorecards:
        for item in scorecard.items:
            for rule in item.rules:
                found.setdefault(rule, []).append(f"{scorecard.id} {item.ref_id}")
    return {rule: tuple(names) for rule, names in found.items()}


def _chapter(rule_id: str, rules: dict[Language, Rule], items: tuple[str, ...]) -> str:
    one = rules.get("en") or rules["zh"]
    status = {
        language: f"{word(f'status.{rule.status}', language)}" for language, rule in rules.items()
    }
    said = [f"- {language}: {' · '.join(rule.say)}" for language, rule in rules.items() if rule.say]
    records = [
        f"- {language}: {rule.record.set}, {rule.record.calls} calls, "
        f"precision {_figure(rule.record.precision)}, recall {_figure(rule.record.recall)}"
        for language, rule in rules.items()
        if rule.record
    ]
    operators = sorted({c.operator for rule in rules.values() for c in rule.conditions})
    parts = [
        f"## {rule_id}\n",
        f"**{one.title.en}** / **{one.title.zh}**\n",
        "| | English | 中文 |\n|---|---|---|",
        f"| why / 理由 | {one.why.en} | {one.why.zh} |",
        f"| wrong when / 何时会误判 | {one.wrong_when.en} | {one.wrong_when.zh} |\n",
        f"Name `{one.name}` · status "
        + ", ".join(f"{language}: {said}" for language, said in status.items())
        + " · operators "
        + ", ".join(f"[`{name}`](operators/{name}.md)" for name in operators)
        + f" · items {', '.join(items) or '–'}\n",
    ]
    if said:
        parts += ["Right wording / 正确说法：\n", *said, ""]
    if records:
        parts += ["Figures on labelled sets / 标注集上的表现：\n", *records, ""]
    return "\n".join(parts)


def _derivations(packs: Packs) -> list[str]:
    """What follows from other facts, as one table; nothing where nothing does."""
    by_id: dict[str, Derivation] = {}
    for one in packs.derivations:
        if one.language == "en" or one.id not in by_id:
            by_id[one.id] = one
    if not by_id:
        return []
    rows = [
        f"| `{one.id}` | "
        + (f"waives {', '.join(one.waives)}" if one.waives else f"`{_given(one)}`")
        + f" | {one.title.en} / {one.title.zh} | {one.why.en} / {one.why.zh} |"
        for one in by_id.values()
    ]
    return [
        "## Derived facts / 推得的事实\n",
        "They follow from other facts (`derive:` in rule files) and cost no points; see "
        "[`derived`](operators/derived.md).\n",
        "它们由别的事实推得（规则文件里的 `derive:`），不扣分；见 "
        "[`derived`](operators/derived.md)。\n",
        "| id | gives / 推得 | title / 名称 | why / 理由 |\n|---|---|---|---|",
        *rows,
        "",
    ]


def _given(one: Derivation) -> str:
    return one.kind if one.value is None else f"{one.kind} = {one.value}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
