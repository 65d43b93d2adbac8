package org.omerods.fs.vfs;

/** The answer of an operation that has nothing to say but that it succeeded. */
public enum Done {
    DONE
}
