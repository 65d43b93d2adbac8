package org.omerods.storage.irods.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from a server. One thread may read while another writes; {@link #close} may come from any. */
sealed interface Transport extends Closeable permits PlainTransport, TlsTransport {

    /** Reads at least one byte, or -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** Writes all remaining bytes. */
    void write(ByteBuffer source) throws IOException;

    /** A buffer that this transport can use without another copy. */
    ByteBuffer allocate(int bytes);

    /** Ends both directions at once; blocked reads and writes fail. */
    @Override
    void close();
}
