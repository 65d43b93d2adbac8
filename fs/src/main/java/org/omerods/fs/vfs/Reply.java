package org.omerods.fs.vfs;

/** Takes the one answer to a request, from any thread. A second answer is ignored. */
public interface Reply<T> {
    void ok(T value);

    void fail(Errno errno);
}
