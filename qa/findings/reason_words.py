"""What reasons call things, in both languages: doubts, needs, behaviours, measures, units."""

# Why a hit is only possible: qa.findings.hits.Doubt -> (zh, en).
DOUBTS: dict[str, tuple[str, str]] = {
    "near_sound": (
        "读音接近“{wanted}”，疑似误识别",
        'it sounds like "{wanted}", perhaps misheard',
    ),
    "low_confidence": (
        "听得不清，或没有明确的说法",
        "heard unclearly, or told by small cues only",
    ),
    "unknown_speaker": ("说话人不明", "the speaker is not known"),
    "derived": ("由只是可能的内容推得", "it follows from what is only possible"),
    "perhaps_excused": ("可能属于规则的例外", "an exception of the rule may cover it"),
}

# What was to be measured: keys are qa.domain.facts.NEEDS (tested), and `hits`.
NEED_TEXTS: dict[str, tuple[str, str]] = {
    "speakers": ("说话人的信息", "knowing who speaks"),
    "turn_ends": ("话轮的结束时间", "the times at which turns end"),
    "two_channels": ("双方分声道的录音", "a recording with the two sides apart"),
    "activity": ("有声段的测量", "measured voice and silence"),
    "holds": ("保持的时间", "the times on hold"),
    "hung_up_by": ("挂机方的信息", "knowing who hung up"),
    "loudness": ("音量的测量", "the measured loudness"),
    "encoder": ("比较句意的附加包", "the extra that compares meanings"),
    "back_channels": ("应声词表 back_channel", "the word list back_channel"),
    "hits": ("命中之间的先后关系", "the relation of the hits"),
    "talk_share": ("通话占比", "the talk share"),
    "duration": ("通话时长", "the call's length"),
    "mood": ("客户足够多的话", "enough words to tell the mood by"),
}
# Why it is missing: reason codes of the facts (tested), and those of operators.
WHY_TEXTS: dict[str, tuple[str, str]] = {
    "mono": ("单声道录音", "a recording of one channel"),
    "unknown_turns": ("有的话轮说话人不明", "some turns are of unknown speakers"),
    "no_turns": ("没有话轮", "nothing was said"),
    "no_turn_ends": ("脚本没有写结束时间", "the script gives no ends"),
    "no_activity": ("没有声音的测量", "no sound was measured"),
    "no_channel_map": ("不知道哪个声道是谁", "which channel is whose is not known"),
    "no_events": ("交换机没有给出事件", "the switch told no events"),
    "not_told": ("随通话的数据里没有", "the call came without it"),
    "no_levels": ("没有电平", "no levels were measured"),
    "no_encoder": (
        "没有安装附加包 callgrade[meaning]；也可改写 by: words",
        "the extra callgrade[meaning] is not installed; or write by: words",
    ),
    "no_word_list": ("没有这份词表", "there is no such word list"),
    "not_a_number": ("不是数字", "it is not a number"),
    "not_a_date": ("不是可以比较的日期", "it is not a date that compares"),
    "nobody_spoke": ("双方都没有说话", "nobody spoke"),
    "too_few_turns": ("话轮太少", "there are too few turns"),
    "too_few_calls": ("已测的通话还不够多", "too few calls are measured yet"),
    "too_many": ("命中过多", "there are too many"),
}

# What a behaviour is called where it was searched in vain: kind -> (zh, en). Phrases written in a
# rule, and a site's own lists, are named as they are written.
BEHAVIOURS: dict[str, tuple[str, str]] = {
    "greeting": ("问候", "greeting"),
    "self_introduction": ("自报身份", "self-introduction"),
    "ask_identity": ("身份核验", "identity question"),
    "restate": ("复述确认", "restatement"),
    "hold_notice": ("等待前的告知", "notice before the wait"),
    "hold_thanks": ("等待后的致谢", "thanks after the wait"),
    "apology": ("致歉", "apology"),
    "empathy": ("安抚", "empathy"),
    "promise": ("有时限的承诺", "promise with a deadline"),
    "promise_undated": ("没有时限的承诺", "promise without a deadline"),
    "promise_said": ("承诺", "promise"),
    "promise_by_csr": ("座席自己的承诺", "promise of the CSR's own"),
    "promise_by_other": ("由他人兑现的承诺", "promise that somebody else is to keep"),
    "further_help": ("询问其他需要", "offer of further help"),
    "closing": ("结束语", "closing"),
    "transfer_notice": ("转接告知", "transfer notice"),
    "recording_notice": ("录音告知", "recording notice"),
    "number": ("符合要求的号码", "number as asked for"),
    "amount": ("符合要求的金额", "amount as asked for"),
    "date": ("日期", "date"),
    "pii_name": ("姓名", "name"),
    "pii_phone": ("电话号码", "phone number"),
    "pii_id_card": ("身份证号", "ID number"),
    "pii_bank_card": ("银行卡号", "bank card number"),
    "pii_cvv": ("安全码", "card security code"),
    "pii_email": ("邮箱地址", "e-mail address"),
    "pii_address": ("地址", "address"),
    "pii_password": ("密码", "password"),
    "abuse": ("辱骂、讽刺的话", "abuse or mockery"),
    "account_business": ("需查账户的业务", "business on the account"),
    "account_details": ("透露的账户信息", "account details given out"),
    "ask_secret": ("索要密码、安全码、验证码的话", "question for a secret"),
    "forbidden": ("服务禁语", "forbidden phrase"),
    "complaint": ("抱怨投诉", "complaint"),
    "anger": ("愤怒的话", "angry words"),
    "dissatisfaction_threat": ("扬言投诉或离开的话", "threat to complain or leave"),
    "thanks": ("致谢", "thanks"),
    "satisfaction": ("满意的话", "words of satisfaction"),
    "confirmation": ("确认", "confirmation"),
    "looking_up": ("客户请稍等的话", "words that ask to wait"),
    "hold": ("保持", "hold"),
    "transfer": ("转接", "transfer"),
}
MOST_WANTED = 3  # guess: more names than that in one sentence nobody reads
MOST_TOLD = 3  # guess, as above: places

# What an operator looks for that is no wording, where it was searched in vain: operator ->
# (zh, en); behaviours above have their own names.
MEASURED: dict[str, tuple[str, str]] = {
    "attribute": ("规则所说的随录参数", "call attribute as the rule says"),
    "call_length": ("规则所说的通话时长", "call length as the rule says"),
    "dead_air": ("规则所说的静音", "dead air as the rule says"),
    "derived": ("推得的事实", "derived fact"),
    "filler": ("规则所说的口头禅频率", "filler rate as the rule says"),
    "hung_up_by": ("由这一方挂机", "hanging up by that party"),
    "interruption": ("打断", "interruption"),
    "loudness": ("规则所说的音量", "loudness as the rule says"),
    "pace": ("规则所说的语速", "pace as the rule says"),
    "position": ("该位置上的这句话", "such turn at that place"),
    "repetition": ("重复", "repetition"),
    "response_latency": ("规则所说的等待回应", "wait for an answer as the rule says"),
    "role": ("该角色的话", "part in that role"),
    "talk_over": ("抢话", "talk-over"),
    "talk_share": ("规则所说的通话占比", "talk share as the rule says"),
    "turn_count": ("规则所说的话轮数", "number of turns as the rule says"),
}

# Kinds that are measured of the whole call where they have no turn: they happen at no time.
OF_THE_CALL = frozenset({
    "attribute", "duration", "filler", "loudness", "mood", "pace", "role", "talk_share",
    "turn_count",
})  # fmt: skip

# What a measured fact is called where there is no quote: kind -> (zh, en).
KINDS: dict[str, tuple[str, str]] = {
    "dead_air": ("静音", "dead air"),
    "hold": ("保持", "hold"),
    "transfer": ("转接", "transfer"),
    "interruption": ("打断", "interruption"),
    "talk_over": ("抢话", "talk-over"),
    "pace": ("语速", "pace"),
    "filler": ("口头禅频率", "filler rate"),
    "hung_up_by": ("挂机方", "hung up by"),
    "attribute": ("随录参数", "call attribute"),
    "promise": ("承诺", "promise"),
    "response_latency": ("等待回应", "a wait for the answer of"),
    "talk_share": ("通话占比", "a talk share of"),
    "turn_count": ("话轮数", "turns:"),
    "duration": ("通话时长", "a call of"),
    "role": ("该角色的话轮占比", "a part of the turns of"),
    "loudness": ("音量", "a level of"),
    "loudness_rise": ("音量高出平时", "louder than usual by"),
    "loudness_fall": ("音量低于平时", "quieter than usual by"),
    "mood": ("客户情绪", "the mood"),
    "turn": ("话轮", "turn"),
    "process_flow": ("流程走完", "the whole flow in"),
}
UNITS: dict[str, tuple[str, str]] = {
    "s": ("秒", "s"),
    "per_min": ("/分", "a minute"),
    "chars_per_min": ("字/分", "characters a minute"),
    "words_per_min": ("词/分", "words a minute"),
    "dbfs": ("dBFS", "dBFS"),
    "db": ("分贝", "dB"),
    "turns": ("个", ""),
    "sentences": ("句之前", "sentences before"),
    "steps": ("步", "steps"),
    "nth": ("", ""),
}
PARTIES: dict[str, tuple[str, str]] = {
    "csr": ("座席", "the CSR"),
    "customer": ("客户", "the customer"),
    "unknown": ("未知", "unknown"),
    "worse": ("变差", "got worse"),
    "better": ("变好", "got better"),
}
