package org.omerods.zone.wire;

import java.nio.channels.FileChannel;

/** The binary part of a reply. */
public sealed interface Payload {
    /** Length in bytes. */
    long length();

    /** No binary part. */
    record None() implements Payload {
        @Override
        public long length() {
            return 0;
        }
    }

    /** A part of a file, sent without passing through the heap where it can. {@code closes} closes it then. */
    record FileRegion(FileChannel file, long position, long length, boolean closes) implements Payload {}
}
