"""Makes each call that changes something in the directory that is the argument, and prints one line for each: its name and
what came of it."""
import ctypes
import errno
import os
import stat
import sys

ROOT = os.fsencode(sys.argv[1])
TIME = 1_600_000_000


def at(name):
    return os.path.join(ROOT, name)


def tell(what, call):
    try:
        print(what, call())
    except OSError as e:
        print(what, errno.errorcode[e.errno])


def create(name, content, flags=0):
    descriptor = os.open(at(name), os.O_RDWR | os.O_CREAT | flags, 0o644)
    try:
        return os.write(descriptor, content)
    finally:
        os.close(descriptor)


def content(name):
    with open(at(name), "rb") as file:
        return file.read().decode()


def names():
    return b" ".join(sorted(os.listdir(ROOT))).decode()


def rename_without_replacing(name):
    """renameat2(2) with RENAME_NOREPLACE; what it did is undone."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.renameat2(-100, at(b"moved"), -100, at(name), 1) != 0:
        raise OSError(ctypes.get_errno(), "renameat2")
    os.rename(at(name), at(b"moved"))


def number_after_closing():
    descriptor = os.open(at(b"n"), os.O_RDWR | os.O_CREAT, 0o644)
    os.write(descriptor, b"n")
    before = os.fstat(descriptor).st_ino
    os.close(descriptor)
    same = os.stat(at(b"n")).st_ino == before
    os.unlink(at(b"n"))
    return "stays" if same else "changes"


def allocate():
    descriptor = os.open(at(b"a"), os.O_RDWR)
    os.posix_fallocate(descriptor, 0, 5_000)
    os.ftruncate(descriptor, 1)
    os.close(descriptor)


def of_open_file():
    """The answers of a file that is open when its name goes."""
    descriptor = os.open(at(b"gone"), os.O_RDWR | os.O_CREAT, 0o644)
    os.write(descriptor, b"0123456789")
    os.unlink(at(b"gone"))
    tell("names after unlink", names)
    tell("read without a name", lambda: os.pread(descriptor, 20, 0).decode())
    tell("write without a name", lambda: os.pwrite(descriptor, b"ab", 8))
    tell("shorten without a name", lambda: os.ftruncate(descriptor, 9))
    tell("read it again", lambda: os.pread(descriptor, 20, 0).decode())
    tell("fsync without a name", lambda: os.fsync(descriptor))
    tell("fstat without a name", lambda: os.fstat(descriptor).st_size)
    os.close(descriptor)


def rename_over_open_file():
    create(b"old", b"old content")
    create(b"new", b"new content")
    descriptor = os.open(at(b"old"), os.O_RDONLY)
    os.rename(at(b"new"), at(b"old"))
    tell("replaced", lambda: content(b"old"))
    tell("read what was replaced", lambda: os.pread(descriptor, 20, 0).decode())
    os.close(descriptor)
    os.unlink(at(b"old"))


def times():
    os.utime(at(b"a"), (TIME, TIME))
    tell("time set", lambda: int(os.stat(at(b"a")).st_mtime) - TIME)
    tell("touch", lambda: os.utime(at(b"a")))
    tell("time now", lambda: os.stat(at(b"a")).st_mtime > TIME)
    tell("touch -m", lambda: os.spawnlp(os.P_WAIT, "touch", "touch", "-m", "-d", "@%d" % TIME, at(b"a")))
    tell("time set alone", lambda: int(os.stat(at(b"a")).st_mtime) - TIME)


tell("create", lambda: create(b"a", b"hello"))
tell("content", lambda: content(b"a"))
tell("create again", lambda: create(b"a", b"x", os.O_EXCL))
tell("create emptied", lambda: create(b"a", b"hi", os.O_TRUNC))
tell("content", lambda: content(b"a"))
tell("truncate", lambda: os.truncate(at(b"a"), 1))
tell("content", lambda: content(b"a"))
tell("allocate and shorten", allocate)
tell("content", lambda: content(b"a"))
tell("inode number after closing", number_after_closing)
tell("name that is not UTF-8", lambda: create(b"\xff", b"x"))
tell("folder that is not UTF-8", lambda: os.mkdir(at(b"\xfe")))
tell("names", lambda: len(os.listdir(ROOT)))
tell("mkdir", lambda: os.mkdir(at(b"d")))
tell("mkdir again", lambda: os.mkdir(at(b"d")))
tell("mknod", lambda: os.mknod(at(b"d/node"), stat.S_IFREG | 0o644))
tell("size of node", lambda: os.stat(at(b"d/node")).st_size)
tell("pipe", lambda: os.mkfifo(at(b"pipe")))
tell("rmdir of a full one", lambda: os.rmdir(at(b"d")))
tell("rename", lambda: os.rename(at(b"d/node"), at(b"moved")))
tell("rename without replacing", lambda: rename_without_replacing(b"a"))
tell("rename without replacing to a free name", lambda: rename_without_replacing(b"free"))
tell("rename of a folder", lambda: os.rename(at(b"d"), at(b"e")))
tell("rmdir", lambda: os.rmdir(at(b"e")))
tell("link", lambda: os.link(at(b"a"), at(b"b")))
tell("symlink", lambda: os.symlink("a", at(b"s")))
tell("readlink", lambda: os.readlink(at(b"s")).decode())
tell("content by the link", lambda: content(b"s"))
tell("readlink of a file", lambda: os.readlink(at(b"a")).decode())
times()
tell("chmod", lambda: os.chmod(at(b"a"), 0o600))
tell("chown", lambda: os.chown(at(b"a"), 1, -1))
tell("setxattr", lambda: os.setxattr(at(b"a"), "user.irods.avu.stain", b"HE"))
tell("getxattr", lambda: os.getxattr(at(b"a"), "user.irods.avu.stain").decode())
tell("setxattr of what is there", lambda: os.setxattr(at(b"a"), "user.irods.avu.stain", b"x", os.XATTR_CREATE))
tell("setxattr of what is not", lambda: os.setxattr(at(b"a"), "user.irods.avu.no", b"x", os.XATTR_REPLACE))
tell("removexattr", lambda: os.removexattr(at(b"a"), "user.irods.avu.stain"))
tell("removexattr again", lambda: os.removexattr(at(b"a"), "user.irods.avu.stain"))
tell("setxattr of another kind", lambda: os.setxattr(at(b"a"), "trusted.x", b"x"))
for name in (b"s", b"moved"):
    tell("unlink", lambda: os.unlink(at(name)))
tell("names", names)
of_open_file()
rename_over_open_file()
tell("unlink", lambda: os.unlink(at(b"a")))
tell("names", names)
