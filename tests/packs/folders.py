"""A small sound site in a folder, whose files tests replace one by one."""

from pathlib import Path

from qa.packs.load import load_packs
from transcribe.errors import CodedError, CodedErrors

RULE = """\
rules:
  - id: OPEN-001
    name: greets
    title: {zh: 问候, en: Greets}
    why: {zh: 礼貌, en: Courtesy}
    wrong_when: {zh: 转接, en: Transfers}
    status: live
    says: {speaker: csr, words: greeting}
"""
WORDS = """\
kind: greeting
title: {zh: 问候, en: Greeting}
speaker: csr
phrases: [hello]
"""
SCORECARD = """\
scorecard:
  id: small
  version: "1"
  language: en
  title: {zh: 小, en: Small}
  total_points: 10
  pass_mark: 60
  pass_mark_source: a guess
  bands:
    - {id: low, title: {zh: 低, en: Low}, from_score: 0}
    - {id: high, title: {zh: 高, en: High}, from_score: 60}
  sections:
    - ref_id: OPEN
      title: {zh: 开场, en: Opening}
      items:
        - ref_id: OPEN-1
          title: {zh: 问候, en: Greeting}
          guide: {zh: 问候客户, en: Greets the customer}
          points: 10
          rules: [OPEN-001]
          skill: opening
"""
SKILLS = """\
skills:
  - {id: opening, title: {zh: 开场, en: Opening}, description: {zh: 开场, en: Opening}}
"""
COURSES = """\
courses:
  - id: C1
    title: {zh: 开场, en: Opening}
    skills: [opening]
    minutes: 30
    format: class
    outline:
      - {title: {zh: 一, en: One}, minutes: 30, what: {zh: 讲, en: Tell}}
"""
FILES = {
    "rules/en/opening.yaml": RULE,
    "rules/words/en/greeting.yaml": WORDS,
    "scorecards/en/small.yaml": SCORECARD,
    "scorecards/skills.yaml": SKILLS,
    "scorecards/courses.yaml": COURSES,
}


def site(root: Path, **changed: str) -> Path:
    """The folder with its files; changed: a file's stem -> its text ("" leaves it out)."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        written = changed.get(path.stem, text)
        if written:
            path.write_text(written, "utf-8")
    return root


def faults(root: Path) -> tuple[CodedError, ...]:
    """What loading the folder complains about."""
    try:
        load_packs(root)
    except CodedErrors as error:
        return error.errors
    return ()
