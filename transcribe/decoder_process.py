"""Keeps processes that decode files: the decoder's libraries are loaded once, not once a file."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

DECODER = Path(__file__).with_name("decoder.py")
_GONE = -int(signal.SIGKILL)  # how a decoder ended that can no longer say so
_PATIENCE_S = 5.0  # a decoder without orders ends at once (guess: a busy machine)


class DecoderProcess:
    """One process that waits for orders. It ends when this one does, whatever happens to it."""

    def __init__(self) -> None:
        self.made_in = os.getpid()
        self._orders, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # our own script and our own interpreter
                [sys.executable, "-P", str(DECODER)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that it can be stopped with the fork that decodes
            )

    def order(self, order: dict[str, Any], samples: int, report: int) -> None:
        """Sends an order with the files it writes. Raises OSError when the process is gone."""
        line = json.dumps(order).encode() + b"\n"
        sent = socket.send_fds(self._orders, [line], [samples, report])
        self._orders.sendall(line[sent:])

    def status(self) -> int:
        """How the order ended: an exit status, or the negative number of a signal. It waits."""
        answer = b""
        while not answer.endswith(b"\n"):
            with contextlib.suppress(OSError):
                if more := self._orders.recv(64):
                    answer += more
                    continue
            return _GONE if self._process.poll() is None else self._process.returncode or _GONE
        return int(answer)

    def stop(self) -> None:
        """Ends the process and the fork that decodes."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._orders.close()
        self._process.wait()

    def end(self) -> None:
        """Ends a process that has no order, so that its processor time is counted as ours."""
        self._orders.close()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.stop()

    @property
    def is_alive(self) -> bool:
        """False after a fork of this process: the decoder then belongs to the other one."""
        return self.made_in == os.getpid() and self._process.poll() is None


# Decoders without an order; each thread takes one and puts it back.
_idle: list[DecoderProcess] = []


def taken() -> DecoderProcess:
    """A decoder that waits for an order, a new one where none does."""
    while _idle:
        one = _idle.pop()
        if one.is_alive:
            return one
        if one.made_in == os.getpid():
            one.stop()
    return DecoderProcess()


def put_back(one: DecoderProcess) -> None:
    """The decoder waits for the next order."""
    _idle.append(one)


@atexit.register
def end_decoders() -> None:
    """Ends the decoders that wait."""
    while _idle:
        one = _idle.pop()
        if one.made_in == os.getpid():
            one.end()
