package org.omerods.storage.irods.session;

/** A connection that belongs to one writer until it is given back. Not thread-safe. */
public final class WriterLease implements AutoCloseable {
    private final Connection connection;
    private final Runnable giveBack;
    private boolean returned;

    WriterLease(Connection connection, Runnable giveBack) {
        this.connection = connection;
        this.giveBack = giveBack;
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        if (!returned) {
            returned = true;
            giveBack.run();
        }
    }
}
