"""Records which bytes of a file a program reads, with strace: prints a trace for bench's replay.

Usage: record.py FILE PROGRAM [ARGUMENT...]   (FILE is among the arguments)

A line of a trace is `offset length count`: count reads of that length, each behind the other.
"""

import re
import subprocess
import sys
import tempfile

OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"([^"]*)".*= (\d+)$')
SEEK = re.compile(r"lseek\((\d+), .*= (\d+)$")
READ = re.compile(r"read\((\d+), .*= (\d+)$")
PREAD = re.compile(r"pread64\((\d+), .*, (\d+), (\d+)\) = (\d+)$")
CLOSE = re.compile(r"close\((\d+)\)")


def reads(lines, name):
    """Offsets and lengths, in order, whichever descriptor they came by."""
    positions = {}
    for line in lines:
        line = line.split(" ", 1)[1].strip() if line[:1].isdigit() else line.strip()
        if (match := OPENED.search(line)) and match[1] == name:
            positions[match[2]] = 0
        elif (match := PREAD.search(line)) and match[1] in positions:
            if int(match[4]):
                yield int(match[3]), int(match[4])
        elif (match := SEEK.search(line)) and match[1] in positions:
            positions[match[1]] = int(match[2])
        elif (match := READ.search(line)) and match[1] in positions:
            length = int(match[2])
            if length:
                yield positions[match[1]], length
                positions[match[1]] += length
        elif match := CLOSE.match(line):
            positions.pop(match[1], None)


def main():
    name, program = sys.argv[1], sys.argv[2:]
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as log:
        subprocess.run(
            ["strace", "-f", "-s", "0", "-o", log.name, "-e", "trace=open,openat,read,pread64,lseek,close", *program],
            check=True,
            stdout=sys.stderr,
        )
        run = None
        for offset, length in reads(log, name):
            if run and run[1] == length and offset == run[0] + run[1] * run[2]:
                run[2] += 1
                continue
            if run:
                print(*run)
            run = [offset, length, 1]
        if run:
            print(*run)


main()
