"""Names of the columns of a calls table and a roster, in English and Chinese."""

import re
import unicodedata

REQUIRED = ("call_id", "file")

CALLS: dict[str, tuple[str, ...]] = {
    "call_id": (
        "call id", "id", "通话ID", "通话编号", "通话标识", "流水号", "通话流水号", "录音流水号",
    ),
    "file": (
        "recording", "filename", "file name", "path", "录音文件", "录音文件名", "文件", "录音",
    ),
    "csr_id": (
        "csr", "agent_id", "agent id", "employee_id", "employee id", "工号", "座席工号",
        "坐席工号", "员工号",
    ),
    "csr_name": ("agent", "agent name", "name", "姓名", "座席姓名", "坐席姓名", "座席", "坐席"),
    "team": ("group", "班组", "团队", "小组"),
    "queue": ("skill group", "队列", "技能组", "业务队列"),
    "direction": ("call direction", "呼叫方向", "方向", "呼叫类型"),
    "started_at": (
        "start", "start time", "started", "call time", "开始时间", "通话开始时间", "通话时间",
        "呼叫时间",
    ),
    "language": ("lang", "语言", "语种"),
    "channels": ("channel roles", "channel map", "声道", "声道角色"),
    "events": ("事件", "通话事件"),
    "holds": ("hold", "保持", "保持时段"),
    "transfers": ("transfer", "转接", "转接时间"),
    "acw": ("after call work", "after-call work", "话后处理", "话后时段"),
    "hung_up_by": ("hangup", "hung up by", "disconnected by", "挂机方", "挂断方", "先挂机方"),
    "customer": (
        "customer number", "customer phone", "phone", "客户号码", "客户电话", "客户手机号",
        "手机号", "手机号码", "客户",
    ),
    "caller": ("caller number", "calling number", "ani", "主叫号码", "主叫", "来电号码"),
    "callee": ("callee number", "called number", "dnis", "被叫号码", "被叫"),
}  # fmt: skip

ROSTER: dict[str, tuple[str, ...]] = {
    "csr_id": CALLS["csr_id"],
    "name": ("csr_name", "agent name", "姓名", "座席姓名", "坐席姓名"),
    "team": CALLS["team"],
    "hired_on": ("hire date", "入职日期", "入职时间"),
    "role": ("position", "岗位", "角色", "职位"),
}


def plain_name(name: str) -> str:
    """The name without case, width, spaces and the marks people put around names."""
    return re.sub(r"[\s_*\-:()]+", "", unicodedata.normalize("NFKC", name)).casefold()


def canonical_name(name: str, columns: dict[str, tuple[str, ...]]) -> str | None:
    """The column a header names, or None where it is one of the site's own."""
    wanted = plain_name(name)
    for column, aliases in columns.items():
        if wanted in (plain_name(column), *map(plain_name, aliases)):
            return column
    return None
