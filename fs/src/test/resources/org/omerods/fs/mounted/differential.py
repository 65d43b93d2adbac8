"""The same random calls in two directories, one of them on a mount: each call must come to the same, and so must the trees.

Arguments: directory on the mount, local directory, seed, number of calls. Prints what differs and ends with 1, or the number
of calls that succeeded and failed.
"""

import errno
import hashlib
import os
import random
import stat
import sys

ROOTS = sys.argv[1:3]
SEED = int(sys.argv[3])
CALLS = int(sys.argv[4])
NAMES = ["a", "b", "c d", "\u00e4", "e.svs"]
MAX_OPEN = 6
MAX_OFFSET = 300_000

rng = random.Random(SEED)
handles = []  # pairs of descriptors, with what they were opened for
done = {"ok": 0, "failed": 0}
told = []


def path():
    return "/".join(rng.choice(NAMES) for _ in range(rng.choice([1, 1, 1, 2, 2, 3])))


def both(what, call):
    """Makes a call in both directories; their outcome must be the same."""
    outcomes = []
    for root in ROOTS:
        try:
            outcomes.append(("ok", call(root)))
        except OSError as e:
            outcomes.append(("failed", errno.errorcode.get(e.errno, e.errno)))
    told.append(f"{what}: {outcomes[1]}")
    if outcomes[0] != outcomes[1]:
        differs(f"{what}: mount {outcomes[0]}, local {outcomes[1]}")
    done[outcomes[0][0]] += 1
    return outcomes[0][0] == "ok"


def differs(text):
    print(f"seed {SEED}, call {len(told)}")
    print("\n".join(told[-25:]))
    print(text)
    sys.exit(1)


def content():
    return bytes([rng.randrange(256)]) * rng.choice([1, 10, 4096, 5000, 70_000])


def described(status):
    kind = stat.S_IFMT(status.st_mode)
    return kind, status.st_size if stat.S_ISREG(kind) else 0


def open_files(name, flags):
    if len(handles) == MAX_OPEN:
        close(handles.pop(rng.randrange(MAX_OPEN)))
    pair = {}

    def call(root):
        pair[root] = os.open(f"{root}/{name}", flags, 0o644)

    both(f"open {name!r} {flags:o}", call)
    if len(pair) == 2:
        handles.append((pair, flags))
    else:
        for descriptor in pair.values():
            os.close(descriptor)


def close(handle):
    both("close", lambda root: os.close(handle[0][root]))


def some_handle(writing):
    suitable = [h for h in handles if not writing or h[1] & (os.O_WRONLY | os.O_RDWR)]
    return rng.choice(suitable)[0] if suitable else None


def on_handle():
    what = rng.choice(["write", "write", "append", "read", "truncate", "stat", "sync"])
    handle = some_handle(what in ("write", "append", "truncate"))
    if handle is None:
        return
    at = rng.randrange(MAX_OFFSET)
    data = content()
    if what == "write":
        both(f"pwrite {len(data)} at {at}", lambda root: os.pwrite(handle[root], data, at))
    elif what == "append":
        both("write at the end", lambda root: (os.lseek(handle[root], 0, os.SEEK_END), os.write(handle[root], data)))
    elif what == "read":
        both(f"pread {len(data)} at {at}", lambda root: os.pread(handle[root], len(data), at))
    elif what == "truncate":
        both(f"ftruncate {at}", lambda root: os.ftruncate(handle[root], at))
    elif what == "stat":
        both("fstat", lambda root: described(os.fstat(handle[root])))
    else:
        both("fsync", lambda root: os.fsync(handle[root]))


def on_name():
    name, other = path(), path()
    what = rng.choice(
        ["create", "create", "exclusive", "open", "open", "append", "truncate", "length"]
        + ["rename", "rename", "rename", "unlink", "mkdir", "mkdir", "rmdir", "symlink", "readlink", "list", "stat", "times"]
    )
    if what == "create":
        open_files(name, os.O_CREAT | os.O_RDWR | rng.choice([0, os.O_TRUNC]))
    elif what == "exclusive":
        open_files(name, os.O_CREAT | os.O_EXCL | os.O_RDWR)
    elif what == "open":
        open_files(name, rng.choice([os.O_RDONLY, os.O_RDWR, os.O_WRONLY]))
    elif what == "append":
        data = content()

        def append(root):
            with open(f"{root}/{name}", "ab") as file:
                file.write(data)

        both(f"append {len(data)} to {name!r}", append)
    elif what == "truncate":
        open_files(name, os.O_RDWR | os.O_TRUNC)
    elif what == "length":
        length = rng.choice([0, 1, 5000, MAX_OFFSET])
        both(f"truncate {name!r} to {length}", lambda root: os.truncate(f"{root}/{name}", length))
    elif what == "rename":
        both(f"rename {name!r} to {other!r}", lambda root: os.rename(f"{root}/{name}", f"{root}/{other}"))
    elif what == "unlink":
        both(f"unlink {name!r}", lambda root: os.unlink(f"{root}/{name}"))
    elif what == "mkdir":
        both(f"mkdir {name!r}", lambda root: os.mkdir(f"{root}/{name}"))
    elif what == "rmdir":
        both(f"rmdir {name!r}", lambda root: os.rmdir(f"{root}/{name}"))
    elif what == "symlink":
        both(f"symlink {name!r} to {other!r}", lambda root: os.symlink(other, f"{root}/{name}"))
    elif what == "readlink":
        both(f"readlink {name!r}", lambda root: os.readlink(f"{root}/{name}"))
    elif what == "list":
        both(f"list {name!r}", lambda root: sorted(os.listdir(f"{root}/{name}")))
    elif what == "stat":
        both(f"stat {name!r}", lambda root: described(os.stat(f"{root}/{name}")))
    else:
        when = rng.randrange(1_000_000_000, 1_700_000_000)

        def times(root):
            os.utime(f"{root}/{name}", (when, when))
            return int(os.stat(f"{root}/{name}").st_mtime)

        both(f"utime {name!r}", times)


def tree(root):
    entries = {}
    for folder, folders, files in os.walk(root):
        for name in folders + files:
            full = os.path.join(folder, name)
            status = os.lstat(full)
            if stat.S_ISLNK(status.st_mode):
                entries[full[len(root) :]] = ("link", os.readlink(full))
            elif stat.S_ISDIR(status.st_mode):
                entries[full[len(root) :]] = ("directory", "")
            else:
                with open(full, "rb") as file:
                    data = file.read()
                entries[full[len(root) :]] = (status.st_size, hashlib.sha256(data).hexdigest())
    return entries


def compare():
    mounted, local = tree(ROOTS[0]), tree(ROOTS[1])
    for name in sorted(mounted.keys() | local.keys()):
        if mounted.get(name) != local.get(name):
            differs(f"{name}: mount {mounted.get(name)}, local {local.get(name)}")


for number in range(CALLS):
    if rng.random() < 0.35:
        on_handle()
    elif handles and rng.random() < 0.08:
        close(handles.pop(rng.randrange(len(handles))))
    else:
        on_name()
    if number % 20 == 0:
        compare()
compare()
while handles:
    close(handles.pop())
compare()
print(f"{done['ok']} calls succeeded, {done['failed']} failed")
