"""Texts of the errors of the store (QA600-QA615)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA600": ErrorText(
        "数据库地址“{url}”用不了：{reason}。可用：sqlite:////文件夹/qa.sqlite，或 "
        "postgresql://用户:密码@主机/库。",
        "database address “{url}” cannot be used: {reason}. Use sqlite:////folder/qa.sqlite or "
        "postgresql://user:password@host/name.",
    ),
    "QA601": ErrorText(
        "没有安装 {driver} 驱动。请运行 pip install 'callgrade[postgres]'。",
        "the {driver} driver is not installed. Run pip install 'callgrade[postgres]'.",
    ),
    "QA602": ErrorText(
        "打不开数据库：{reason}。请检查文件夹是否存在、有无权限，或服务器是否在运行。",
        "the database cannot be opened: {reason}. Check that the folder exists and may be "
        "written, or that the server is running.",
    ),
    "QA603": ErrorText(
        "这个文件不是 SQLite 数据库。请检查设置里的 database，或换一个文件。",
        "this file is not an SQLite database. Check `database` in the settings or name another "
        "file.",
    ),
    "QA604": ErrorText(
        "数据库文件已损坏：{reason}。请停止写入，从备份恢复；可先用 sqlite3 的 .recover 抢救。",
        "the database file is damaged: {reason}. Stop writing and restore a backup; sqlite3's "
        ".recover may save what is left.",
    ),
    "QA605": ErrorText(
        "数据库被另一个进程占用，等了 {waited_s} 秒。请等它结束，或停掉它，再运行一次。",
        "another process holds the database; waited {waited_s} s. Let it finish or stop it, then "
        "run again.",
    ),
    "QA606": ErrorText(
        "数据库的结构版本 {revision} 比本程序（{known}）新。请升级程序，不要用旧程序写入。",
        "the database's schema {revision} is newer than this program ({known}). Upgrade the "
        "program; do not write with an older one.",
    ),
    "QA607": ErrorText(
        "数据库只读，写不进去。请检查文件和文件夹的权限。",
        "the database is read-only. Check the permissions of the file and its folder.",
    ),
    "QA608": ErrorText(
        "磁盘已满，没有写入。请腾出空间后再运行一次，已存的内容不受影响。",
        "the disk is full; nothing was written. Free some space and run again; what is stored is "
        "safe.",
    ),
    "QA609": ErrorText(
        "这个数据库里是别的程序的表：{tables}。请换一个空的数据库。",
        "this database holds another program's tables: {tables}. Name an empty database.",
    ),
    "QA610": ErrorText(
        "没有通话“{call_id}”。请先用 qa import 或 qa run 导入，或检查编号。",
        "there is no call “{call_id}”. Import it with qa import or qa run first, or check the id.",
    ),
    "QA611": ErrorText(
        "{made} 的来源 {key} 不在库里。请从头重跑这条通话：qa run。",
        "the source {key} of the {made} is not stored. Run the call again from the start: qa run.",
    ),
    "QA612": ErrorText(
        "“{field}”是空的。凡是人做的改动都要写明是谁、为什么。",
        "“{field}” is empty. What a person changes must say who and why.",
    ),
    "QA613": ErrorText(
        "库里 {table} 的 {key} 读不出来：{problem}。可能被改动过；请从备份恢复这一行。",
        "{table} {key} in the database cannot be read: {problem}. It may have been altered; "
        "restore the row from a backup.",
    ),
    "QA614": ErrorText(
        "数据库报错：{reason}。请再运行一次；若重复出现，附上这句话报告。",
        "the database reports: {reason}. Run again; if it stays, report it with this sentence.",
    ),
    "QA615": ErrorText(
        "时间 {moment} 没有时区。请用带时区的时间。",
        "the time {moment} names no zone. Use a time with its zone.",
    ),
    "QA616": ErrorText(
        "没有承诺 {promise}。用 qa promises 看现有的编号。",
        "there is no promise {promise}. See the numbers with qa promises.",
    ),
}
