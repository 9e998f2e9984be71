#!/bin/sh
# Prints the path of a fit Python, or says on stderr what is missing and the one line that
# installs all of it. Exit status 0: fit, 1: something is missing.
#
# PYTHON=/path/to/python3.12 chooses the interpreter. QA_LANG=zh|en chooses the language.
set -u

case "${QA_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}" in
    zh*) language=zh ;;
    *) language=en ;;
esac

say() { # zh en
    if [ "$language" = zh ]; then printf '%s\n' "$1" >&2; else printf '%s\n' "$2" >&2; fi
}

# One line of facts on an interpreter: version, implementation, include folder, compiler.
probe='
import sys, sysconfig
print("%d.%d.%d" % sys.version_info[:3], sys.implementation.name,
      (sysconfig.get_config_var("CC") or "cc").split()[0], sysconfig.get_path("include"))
'

version_of() { "$1" -c "$probe" 2>/dev/null | cut -d' ' -f1; }

is_fit() { # path; durable-rules 2.0.28 needs 3.12 or older, our own code 3.11 or newer
    facts=$("$1" -c "$probe" 2>/dev/null) || return 1
    case "$facts" in
        3.11.*' cpython '* | 3.12.*' cpython '*) return 0 ;;
        *) return 1 ;;
    esac
}

has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

include_of() { "$1" -c "$probe" | cut -d' ' -f4-; }

compiler_of() { # the one that builds the rule engine: CC, else what Python was built with
    wanted=${CC:-$("$1" -c "$probe" | cut -d' ' -f3)}
    for compiler in "${wanted%% *}" cc gcc; do
        if command -v "$compiler" >/dev/null 2>&1; then
            printf '%s\n' "$compiler"
            return 0
        fi
    done
    return 1
}

compiles() { # compiler; gcc without the C library's headers cannot
    printf '#include <stdlib.h>\nint main(void) { return 0; }\n' |
        "$1" -x c -c -o /dev/null - 2>/dev/null
}

# --- a fit Python ---------------------------------------------------------------------------
candidates=${PYTHON:-python3.12 python3.11 python3}
chosen=''
unfit=''
for name in $candidates; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if is_fit "$path"; then
        [ -n "$chosen" ] || chosen=$path
        # One that has all it needs is better than one that wants packages first.
        if has_venv "$path" && [ -f "$(include_of "$path")/Python.h" ]; then
            chosen=$path
            break
        fi
    else
        version=$(version_of "$path")
        [ -z "$version" ] || unfit="$unfit $path=$version"
    fi
done

packages=''
need() { packages="$packages $1"; }
by_hand=''

if [ -n "${PYTHON:-}" ] && [ -z "$chosen" ] && [ -z "$unfit" ]; then
    say "PYTHON=$PYTHON：没有这个程序，或它无法运行。" \
        "PYTHON=$PYTHON: there is no such program, or it does not run."
fi
if [ -n "${PYTHON:-}" ] && [ -z "$chosen" ]; then
    for name in python3.12 python3.11 python3; do
        path=$(command -v "$name" 2>/dev/null) && is_fit "$path" || continue
        say "本机有适用的 $path：去掉 PYTHON= 即可用它。" \
            "This machine has a fit one, $path: leave out PYTHON= to use it."
        break
    done
fi
for one in $unfit; do
    version=${one#*=}
    case "$version" in
        3.1[3-9].* | 3.[2-9][0-9].* | [4-9].*)
            say "${one%%=*} 是 Python $version，不适用：规则引擎 durable-rules 2.0.28 在 3.13 及以上无法导入。" \
                "${one%%=*} is Python $version, which does not fit: the rule engine durable-rules 2.0.28 fails to import on 3.13 and newer."
            ;;
        3.11.* | 3.12.*)
            say "${one%%=*} 不是 CPython，不适用：规则引擎是 C 扩展。" \
                "${one%%=*} is not CPython, which does not fit: the rule engine is a C extension."
            ;;
        *)
            say "${one%%=*} 是 Python $version，不适用：需要 3.11 或 3.12。" \
                "${one%%=*} is Python $version, which does not fit: 3.11 or 3.12 is needed."
            ;;
    esac
done

in_apt() { apt-cache show "$1" >/dev/null 2>&1; }

if [ -z "$chosen" ]; then
    say '缺少：Python 3.11 或 3.12。' 'Missing: Python 3.11 or 3.12.'
    codename=$(. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_CODENAME:-}")
    if in_apt python3.12; then minor=12
    elif in_apt python3.11; then minor=11
    else
        case "$codename" in
            noble) minor=12 ;;
            bookworm | jammy) minor=11 ;;
            *) minor='' ;;
        esac
    fi
    if [ -n "$minor" ]; then
        need "python3.$minor"; need "python3.$minor-venv"; need "python3.$minor-dev"
    else
        by_hand=yes
    fi
else
    minor=$(version_of "$chosen" | cut -d. -f2)
    if ! has_venv "$chosen"; then
        say "缺少：$chosen 的 venv 模块。" "Missing: the venv module of $chosen."
        need "python3.$minor-venv"
    fi
    if ! [ -f "$(include_of "$chosen")/Python.h" ]; then
        say "缺少：$chosen 的头文件 Python.h。" "Missing: the headers (Python.h) of $chosen."
        need "python3.$minor-dev"
    fi
fi

# --- a C compiler and make ------------------------------------------------------------------
if [ -n "$chosen" ]; then compiler=$(compiler_of "$chosen"); else compiler=$(command -v cc); fi
if [ -z "$compiler" ]; then
    say '缺少：C 编译器（规则引擎要在本机编译）。' \
        'Missing: a C compiler (the rule engine is compiled on this machine).'
    need gcc; need libc6-dev
elif ! compiles "$compiler"; then
    say "缺少：C 标准库的头文件（$compiler 编译不了最小的程序）。" \
        "Missing: the C library's headers ($compiler cannot compile the smallest program)."
    need gcc; need libc6-dev
fi
if ! command -v make >/dev/null 2>&1; then
    say '缺少：make。' 'Missing: make.'
    need make
fi

# --- the one line ---------------------------------------------------------------------------
if [ -z "$packages" ] && [ -z "$by_hand" ]; then
    printf '%s\n' "$chosen"
    exit 0
fi
sudo=''
[ "$(id -u)" -eq 0 ] || sudo='sudo '
if [ -n "$packages" ]; then
    if command -v apt-get >/dev/null 2>&1; then
        say '请运行这一行，再重试：' 'Run this one line, then try again:'
        printf '\n    %sapt-get update && %sapt-get install -y%s\n\n' "$sudo" "$sudo" "$packages" >&2
    else
        say "请用本机的包管理器安装（Debian 的包名）：$packages" \
            "Install with this machine's package manager (names as in Debian):$packages"
    fi
fi
if [ -n "$by_hand" ]; then
    say '本系统的软件源没有 Python 3.11 或 3.12。请另装一个（例如用 pyenv 装 3.12），再运行：make PYTHON=/路径/python3.12 demo' \
        'This system packages neither Python 3.11 nor 3.12. Install one (3.12 with pyenv, say), then run: make PYTHON=/path/to/python3.12 demo'
fi
exit 1
