"""Deadlines in Chinese: 两个工作日内, 24小时内, 明天下午五点之前, 下周一, 月底, 15号之前."""

import re
from datetime import date, time, timedelta

from qa.centre.spans import (
    Amount,
    Moment,
    add_months,
    month_end,
    next_day_of_month,
    next_weekday,
)

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_N = r"[0-9零〇一二两三四五六七八九十百半]+"
_UNITS = {
    "分钟": "minute", "小时": "hour", "钟头": "hour", "工作日": "workday", "自然日": "day",
    "天": "day", "日": "day", "周": "week", "星期": "week", "礼拜": "week", "月": "month",
}  # fmt: skip
_AMOUNT = re.compile(
    rf"(?P<first>{_N})(?:(?:到|至|-|~|或者?)(?P<last>{_N}))?(?P<unit_of>个)?(?P<half>半)?"
    r"(?P<unit>分钟|小时|钟头|工作日|自然日|天|日(?!前)|周|星期|礼拜|月)(?![底初份])"
)
_PART = r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜里|早|晚)?"
_CLOCK = (
    rf"(?:(?P<hour>{_N})(?:点|时|:)(?:(?P<half>半)|(?P<quarter>[一三]刻)|(?P<minute>{_N})分?"
    r"|钟|整)?)?"
)
_PARTS = {
    "凌晨": "dawn", "早": "morning", "早上": "morning", "早晨": "morning", "上午": "morning",
    "中午": "noon", "下午": "afternoon", "傍晚": "evening", "晚": "evening", "晚上": "evening",
    "晚间": "evening", "夜里": "day",
}  # fmt: skip
_LATE = ("下午", "傍晚", "晚", "晚上", "晚间", "夜里")
_AHEAD = {
    "今天": 0, "今日": 0, "今儿": 0, "今": 0, "当天": 0, "当日": 0, "明天": 1, "明日": 1, "明儿": 1,
    "明": 1, "次日": 1, "第二天": 1, "隔天": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6, "末": 6}
_DAY = re.compile(
    r"(?:(?P<ahead>大后天|今天|今日|今儿|当天|当日|明天|明日|明儿|次日|第二天|隔天|后天"
    r"|今(?=[早晚])|明(?=[早晚]))"
    r"|(?P<which>这个?|本|下个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])"
    r"|(?P<week>这个?|本|下个?)(?:周|星期|礼拜)(?:之?内)?"
    rf"|(?P<end>这个月底|本月底|下个?月底|{_N}月底|月底|年底|周末)"
    rf"|(?:(?P<month>这个月|本月|下个?月|{_N}月份?)的?)?(?P<number>{_N})[号日]"
    r"|(?P<next>下个?月)(?P<early>初)?)"
    rf"的?{_PART}{_CLOCK}(?P<office>下班)?"
)
_TODAY = re.compile(rf"{_PART}{_CLOCK}(?P<office>下班)?")


def number_of(text: str) -> float | None:
    """The number a numeral names, 半 a half; None where it is none: 几."""
    if text == "半":
        return 0.5
    if text.isdigit():
        return float(text)
    if not text or "半" in text:
        return None
    if all(c in _DIGITS for c in text):  # 两三 (天): two or three; 二零: digits
        digits = [_DIGITS[c] for c in text]
        if len(digits) == 2 and digits[1] == digits[0] + 1 and digits[0] > 0:
            return float(digits[1])
        return float("".join(str(one) for one in digits))
    return _tens(text)


def _tens(text: str) -> float | None:
    """A numeral with 十 or 百."""
    total = 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "十百":
            total += (1 if digit is None else digit) * (10 if character == "十" else 100)
            digit = None
        else:
            return None
    return float(total + (digit or 0))


def read_zh(text: str, said: date) -> Amount | Moment | None:
    """What the words name. text: normalised; said: the day they were said.

    A day that is named counts before an amount: 明天下午两点. Of several amounts the first.
    """
    named = _DAY.search(text)
    if named:
        found = _named(named, said)
        if found is not None:
            return found
    amount = _AMOUNT.search(text)
    if amount:
        return _amount(amount)
    for today in _TODAY.finditer(text):
        if today["part"] or today["hour"] or today["office"]:
            return _at(None, today)
    return None


def _amount(match: re.Match[str]) -> Amount | None:
    count = number_of(match["last"] or match["first"])
    unit = _UNITS[match["unit"]]
    if unit == "month" and not match["unit_of"]:
        return None  # 三月: a name
    if count is None:
        return None
    return Amount(count + (0.5 if match["half"] else 0.0), unit)  # type: ignore[arg-type]


def _named(match: re.Match[str], said: date) -> Moment | None:
    """The day the words name; None where they name none after all."""
    day: date | None
    if match["ahead"]:
        day = said + timedelta(days=_AHEAD[match["ahead"]])
    elif match["weekday"]:
        day = _weekday(match["which"] or "", _WEEKDAYS[match["weekday"]], said)
    elif match["week"]:
        sunday = said + timedelta(days=6 - said.weekday())
        day = sunday + timedelta(days=7 * match["week"].startswith("下"))
    elif match["end"]:
        day = _end(match["end"], said)
    elif match["next"]:
        first = add_months(said.replace(day=1), 1)
        day = first.replace(day=10) if match["early"] else month_end(first)
    else:
        day = _of_month(match["month"] or "", number_of(match["number"]), said)
    return None if day is None else _at(day, match)


def _weekday(which: str, weekday: int, said: date) -> date:
    monday = said - timedelta(days=said.weekday())
    if which.startswith("下"):
        return monday + timedelta(days=7 + weekday)
    this = monday + timedelta(days=weekday)
    return this if this > said or (which and this == said) else next_weekday(said, weekday)


def _end(words: str, said: date) -> date:
    if words == "年底":
        return date(said.year, 12, 31)
    if words == "周末":
        return said + timedelta(days=6 - said.weekday())
    named = number_of(words.removesuffix("月底"))
    if named is not None and 1 <= named <= 12:
        return month_end(date(said.year + (int(named) < said.month), int(named), 1))
    ahead = 1 if words.startswith("下") else 0
    return month_end(add_months(said.replace(day=1), ahead))


def _of_month(month: str, number: float | None, said: date) -> date | None:
    if number is None or not 1 <= number <= 31:
        return None
    if not month:
        return next_day_of_month(said, int(number))
    if month.startswith(("这", "本")):
        first = said.replace(day=1)
    elif month.startswith("下"):
        first = add_months(said.replace(day=1), 1)
    else:
        named = number_of(month.rstrip("月份"))
        if named is None or not 1 <= named <= 12:
            return None
        year = said.year + (int(named) < said.month)
        first = date(year, int(named), 1)
    return first.replace(day=int(number)) if number <= month_end(first).day else None


def _at(day: date | None, match: re.Match[str]) -> Moment:
    """The day with the part or hour that is said."""
    part = match["part"] or ""
    hour = number_of(match["hour"]) if match["hour"] else None
    if hour is None or not 0 <= hour <= 24:
        named = "office" if match["office"] else _PARTS.get(part, "day")
        return Moment(day, named)
    late = part in _LATE or (part == "中午" and hour < 3)
    minute = 30 if match["half"] else 0
    if match["quarter"]:
        minute = 15 if match["quarter"][0] == "一" else 45
    if match["minute"]:
        minute = int(number_of(match["minute"]) or 0)
    whole = int(hour) + (12 if late and hour < 12 else 0)
    # 五点 without a part of the day: an office is open then in the afternoon (guess).
    whole += 12 if not part and 1 <= hour <= 7 else 0
    return Moment(day, "day", time(23, 59) if whole > 23 else time(whole, min(minute, 59)))
