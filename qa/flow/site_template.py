"""What `qa init` writes: settings with their meaning beside them, and an empty calls table."""

from qa.domain.limits import Limits

SETTINGS_YAML = """\
# 本站设置。改好后运行 qa check。环境变量可以覆盖，例如 QA_WORKERS=8。
# Settings of this site. Run qa check after a change. QA_WORKERS=8 in the environment overrides.

# 没写时区的时间属于哪个时区（IANA 名称）。 Zone of times that name none.
time_zone: Asia/Shanghai

# 承诺里的“工作日”按哪个国家的节假日算（含调休）；空则周一到周五。
# Whose public holidays count for promised working days; "" for Monday to Friday.
holiday_country: CN

# 本站另外休息、另外上班的日子。 Days this site takes off, or works, besides.
days_off: []
extra_workdays: []

# 数据库：本文件夹里的 SQLite，或 postgresql://用户:密码@主机/库。
# Database: an SQLite file in this folder, or postgresql://user:password@host/name.
database: "sqlite:///qa.sqlite"

# 录音文件夹。 Folder of the recordings.
recordings: recordings

# 花名册（csr_id, name, team, hired_on, role）。写了以后，名册外的工号会报错。
# Roster; once named, rows with other CSR ids are refused.
# roster: roster.csv

# 语音模型：名称或文件夹；越大越准，也越慢。 Speech model: a name or a folder.
model: base

# 识别器：whisper；sidecar 读录音旁边的 .json、.srt、.vtt 转写；或已安装插件的名称。
# Recogniser: whisper; sidecar reads transcripts beside the recordings; or a plugin's name.
recogniser: whisper

# 告诉识别器的产品名、公司名（先在自己的通话上测一测，也可能变差，见 docs/recognisers.md）。
# Product and company names told to the recogniser (measure first; they may also hurt).
hot_words: []

# 规则要找的用语是否也告诉识别器（用 base 模型时反而变差）。
# Whether it is told the phrases that the rules look for, too (with the base model they hurt).
hot_words_of_rules: false

# 同时工作的进程数；不写则按核数和内存。 Processes at work; by cores and memory when not given.
# workers: 4

# 不入库的隐私内容（转写文本里换成 *）。 Private words and numbers, stored as *.
mask_kinds: [pii_id_card, pii_bank_card, pii_cvv, pii_phone, pii_email, pii_password, pii_address]

# 卡号、证件号、电话末尾保留几位（0 到 4）。 Digits kept at the end of cards, IDs, telephones.
mask_keep_last_digits: 0

# 有隐私内容的录音另存一份听不到这些内容的副本：beep 蜂鸣，mute 静音，none 不存。
# Recordings with private words get a copy without them: beep, mute or none.
audio_copy: beep

# 原录音：keep 保留；delete 在副本和转写保存后删除，无法恢复。
# The original: keep, or delete once copy and transcript are kept; nothing brings it back.
original_recordings: keep

# 服务水平：培训时也要有这样的份额在这么多秒内接起；话后处理秒数；导入的通话占全部通话的份额。
# Service level that training must keep; work after a call; share of all calls imported here.
service_share: 0.8
service_s: 20
after_call_s: 30
recorded_share: 1.0

# 同时在岗接听的座席数；不写则从通话推算（抽样导入时推不出来）。
# CSRs on the telephones at once; read off the calls when not given, which a sample cannot tell.
# on_duty: 25

# 座席提问多少小时内答复。 Hours within which a CSR's question is answered.
answer_hours: 24

# 判定后几天内可以申诉；申诉多少小时内裁定。
# Days within which a mark may be appealed; hours within which the appeal is decided.
appeal_days: 7
appeal_answer_hours: 48

# 测量与判定的界限，附含义和依据。 Limits of measuring and judging, with meaning and source.
# limits:
""" + "".join(
    f"#   # {field.description}\n#   {name}: {field.default}\n"
    for name, field in Limits.model_fields.items()
)

CALLS_CSV = (
    "call_id,file,csr_id,csr_name,team,queue,direction,started_at,language,channels,events,"
    "hung_up_by,customer\n"
)
