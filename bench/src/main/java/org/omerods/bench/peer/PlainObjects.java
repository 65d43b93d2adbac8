package org.omerods.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.omerods.bench.load.Load;
import org.omerods.bench.stage.Zone;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.Api;
import org.omerods.storage.irods.wire.ObjectMessages;

/** Small objects without a filesystem, as simple clients read them: open, read, close, and a wait for each answer. */
public final class PlainObjects implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final IrodsSessions sessions;
    private final Connection connection;

    private PlainObjects(IrodsSessions sessions) {
        this.sessions = sessions;
        this.connection = sessions.objects().getFirst().connection();
    }

    /** @param any an object, to try the login with */
    public static PlainObjects open(Zone zone, String any) throws IOException, InterruptedException {
        return new PlainObjects(IrodsSessions.open(zone, any, 1));
    }

    /** Reads objects of these names until all were read or the time is over. */
    public Load read(List<String> names, double maxSeconds) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        return Load.ofEach(names, maxSeconds, name -> read(Zone.home() + "/" + name, buffer.clear()));
    }

    private int read(String path, ByteBuffer buffer) throws IOException, InterruptedException {
        int descriptor = status(
                Request.of(Api.REPLICA_OPEN, ObjectMessages.open(path, ObjectMessages.READ_ONLY, Map.of())), path);
        int count = status(
                Request.receiving(Api.DATA_OBJ_READ, ObjectMessages.read(descriptor, buffer.remaining()), buffer),
                path);
        int _ = status(Request.of(Api.DATA_OBJ_CLOSE, ObjectMessages.close(descriptor)), path);
        return count;
    }

    private int status(Request request, String path) throws IOException, InterruptedException {
        try {
            int status = connection.submit(request).await().status();
            if (status < 0) {
                throw new IOException("the plain client cannot read " + path + ": status " + status);
            }
            return status;
        } catch (ConnectionException e) {
            throw new IOException("the plain client failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
