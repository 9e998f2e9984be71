"""Short calls that promise and complain, and a site that keeps them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from qa.domain.packs import Packs
from qa.domain.script import Script, read_script
from qa.flow.gather import gather
from qa.flow.gathered import Gathered
from qa.flow.shipped import shipped_root
from qa.flow.simulated import keep_scripts
from qa.packs.load import load_packs

START = datetime(2025, 3, 3, 2, tzinfo=UTC)  # a Monday, ten o'clock in Shanghai
TALK = """# {id}   language: zh   channels: 2
00:01.0-00:05.0 csr: 您好，工号一零二三，很高兴为您服务，请问有什么可以帮您？
00:06.0-00:14.0 customer: {customer}
00:15.0-00:20.0 csr: 非常抱歉给您带来不便。
00:21.0-00:28.0 csr: {csr}
00:29.0-00:32.0 customer: 好的，谢谢。
00:33.0-00:36.0 csr: 感谢您的来电，再见。
"""
ANGRY = "我要投诉，快递一个星期都没有送到，到底什么时候送。"
PROMISE = "我们会在明天下午五点之前给您回电话。"


def talk(
    call_id: str,
    hours: float,
    *,
    customer: str = "我想查一下账单。",
    csr: str = "好的，已经查到了。",
    key: str | None = "k1",
    direction: str = "inbound",
) -> Script:
    script = read_script(TALK.format(id=call_id, customer=customer, csr=csr), name=call_id)
    call = script.call.model_copy(
        update={
            "id": call_id, "csr_id": "1023", "team": "T1", "customer_key": key,
            "direction": direction, "started_at": START + timedelta(hours=hours),
        }
    )  # fmt: skip
    return script.model_copy(update={"call": call})


@cache
def packs() -> Packs:
    return load_packs(shipped_root())


def keep(site: Gathered, *scripts: Script) -> int:
    keep_scripts(site.store, packs(), scripts)
    return gather(site.store, site.rules)
