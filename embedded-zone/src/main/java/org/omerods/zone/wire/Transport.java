package org.omerods.zone.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A byte stream to one client. One thread uses it; {@link #close} may be called by any. */
interface Transport extends Closeable {
    /** Reads at least one byte into {@code target}, or returns -1 at the end of the stream. */
    int read(ByteBuffer target) throws IOException;

    /** Writes all of {@code source}. */
    void write(ByteBuffer source) throws IOException;

    /** Writes {@code count} bytes of {@code file} from {@code position} on; a file that ends earlier breaks the connection. */
    void send(FileChannel file, long position, long count) throws IOException;
}
