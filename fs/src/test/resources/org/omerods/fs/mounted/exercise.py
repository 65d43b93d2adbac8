"""Does random things to one file and compares with what the file must hold.

Arguments: file, seed, steps. Prints the step and what differs, and ends with 1, when something does.
"""
import mmap
import os
import random
import sys

MAX_BYTES = 300_000

path, seed, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
expected = bytearray()
descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)


def data(length):
    return chance.randbytes(length)


def grow(length):
    if length > len(expected):
        expected.extend(bytes(length - len(expected)))


def place():
    offset = chance.randrange(MAX_BYTES)
    return offset, min(chance.randrange(1, 40_000), MAX_BYTES - offset)


def write():
    offset, length = place()
    bytes_ = data(length)
    os.pwrite(descriptor, bytes_, offset)
    grow(offset + length)
    expected[offset:offset + length] = bytes_


def append():
    bytes_ = data(chance.randrange(1, 2_000))
    if len(expected) + len(bytes_) <= MAX_BYTES:
        second = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.write(second, bytes_)
        os.close(second)
        expected.extend(bytes_)


def read():
    offset, length = place()
    check(os.pread(descriptor, length, offset), bytes(expected[offset:offset + length]), "read at %d" % offset)


def truncate():
    length = chance.randrange(MAX_BYTES)
    os.ftruncate(descriptor, length)
    del expected[length:]
    grow(length)


def truncate_by_name():
    length = chance.randrange(MAX_BYTES)
    os.truncate(path, length)
    del expected[length:]
    grow(length)


def allocate():
    offset, length = place()
    os.posix_fallocate(descriptor, offset, length)
    grow(offset + length)


def map_write():
    if not expected:
        return
    with mmap.mmap(descriptor, len(expected)) as mapped:
        offset = chance.randrange(len(expected))
        bytes_ = data(min(chance.randrange(1, 10_000), len(expected) - offset))
        mapped[offset:offset + len(bytes_)] = bytes_
        expected[offset:offset + len(bytes_)] = bytes_
        if chance.randrange(2):
            mapped.flush()


def map_read():
    if expected:
        with mmap.mmap(descriptor, len(expected), access=mmap.ACCESS_READ) as mapped:
            check(bytes(mapped), bytes(expected), "mapping")


def synchronize():
    os.fsync(descriptor)


def reopen():
    global descriptor
    os.close(descriptor)
    descriptor = os.open(path, os.O_RDWR)


def rename():
    os.rename(path, path + ".moved")
    os.rename(path + ".moved", path)


def size():
    check(os.stat(path).st_size, len(expected), "size")


def check(found, wanted, what):
    if found != wanted:
        print("seed %d, step %d, %s differs" % (seed, step, what))
        if isinstance(found, bytes):
            at = next((i for i in range(min(len(found), len(wanted))) if found[i] != wanted[i]), -1)
            print("lengths %d and %d, first difference at %d" % (len(found), len(wanted), at))
        else:
            print("%s in place of %s" % (found, wanted))
        sys.exit(1)


actions = [write, write, write, append, read, read, truncate, truncate_by_name, allocate, map_write, map_read, synchronize,
           reopen, rename, size, size]
for step in range(steps):
    chance.choice(actions)()
size()
check(os.pread(descriptor, MAX_BYTES + 1, 0), bytes(expected), "content")
os.close(descriptor)
with open(path, "rb") as again:
    check(again.read(), bytes(expected), "content after closing")
