#!/bin/sh
# Makes .venv fit for the named extras: set_up.sh weights | weights,postgres,test
#
# Runs again only when pyproject.toml or constraints.txt changed. A set-up that was interrupted
# leaves .venv/.unfinished, and the next one starts afresh. pip takes its index, proxy and
# certificates from the environment and pip's own settings, as everywhere on this machine.
set -eu

cd "$(dirname "$0")/.."
extras=$1
venv=.venv
stamp=$venv/.ready-$extras
log=$venv/set-up.log

case "${QA_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
    zh*) language=zh ;;
    *) language=en ;;
esac
say() { # zh en
    if [ "$language" = zh ]; then printf '%s\n' "$1" >&2; else printf '%s\n' "$2" >&2; fi
}

inputs=$(cat pyproject.toml constraints.txt .ci/set_up.sh | cksum)
if [ -x $venv/bin/python ] && [ ! -f $venv/.unfinished ]; then
    for done in $venv/.ready-"$extras"*; do # weights,postgres,test is ready for weights too
        if [ -f "$done" ] && [ "$(cat "$done")" = "$inputs" ]; then exit 0; fi
    done
fi

python=$(sh .ci/check_machine.sh)
tag() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo none; }
if [ -e $venv ] && { [ -f $venv/.unfinished ] || [ "$(tag $venv/bin/python)" != "$(tag "$python")" ]; }; then
    say '重建 .venv：上次准备没有完成，或它用的是另一个 Python。' \
        'Making .venv anew: the last set-up did not finish, or it has another Python.'
    rm -rf $venv
fi
if [ ! -e $venv ]; then
    say "准备环境（只有第一次）：$python" "Setting up, this once: $python"
    mkdir $venv
    : > $venv/.unfinished
    "$python" -m venv $venv
fi
: > $venv/.unfinished

# One dot a package, one line a step; everything pip says goes to the log.
progress='
    /^(Collecting|Processing|Building wheel for)/ { printf "." ; fflush(); next }
    /^Installing collected packages/ { n = split($0, all, ","); printf " %d packages", n; fflush() }
'
install() { # words of the step, then the arguments of pip install
    printf '  %s ' "$1" >&2
    shift
    rm -f $venv/.failed
    { $venv/bin/python -m pip install --no-input --progress-bar off --disable-pip-version-check \
        -c constraints.txt "$@" 2>&1 || : > $venv/.failed; } | tee -a $log | awk "$progress" >&2
    echo >&2
    [ ! -f $venv/.failed ] || {
        tail -n 15 $log >&2
        say "安装失败，全部输出在 $log。没有网络时请设 PIP_INDEX_URL 或 PIP_FIND_LINKS，再运行一次。" \
            "The installation failed; all output is in $log. Without a network, set PIP_INDEX_URL or PIP_FIND_LINKS, then run it again."
        exit 1
    }
}

: > $log
# Two parts come as source only (the rule engine, jieba): they are built with pinned tools.
install 'build tools' pip setuptools wheel hatchling editables
install "callgrade[$extras]" --no-build-isolation --editable ".[$extras]"
# Voices of mono calls: only this package's weights are read, so none of what it asks for is needed.
install 'voice encoder' --no-deps resemblyzer
$venv/bin/python -c 'import durable_rules_engine' || {
    say '规则引擎 durable-rules 装上了却不能导入；请删去 .venv 再试。' \
        'The rule engine durable-rules was installed but does not import; delete .venv and try again.'
    exit 1
}
printf '%s\n' "$inputs" > "$stamp"
rm -f $venv/.unfinished
