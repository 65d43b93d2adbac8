package org.omerods.cli.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.omerods.cli.terminal.ProgressBar;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.session.Secret;
import org.omerods.zone.EmbeddedZone;
import org.omerods.zone.ZoneOptions;
import org.omerods.zone.ZoneUser;

/** A zone on this machine with one user, and that user's connection to it. */
final class DemoZone implements AutoCloseable {
    static final String USER = "alice";

    /** Collection of the slide in the user's home. */
    static final String FOLDER = "slides";

    private static final int PASSWORD_BYTES = 12;

    /** One write call to the zone. */
    private static final int WRITE_BYTES = 4 << 20;

    private final EmbeddedZone zone;
    private final String password;
    private final IrodsStorage client;

    private DemoZone(EmbeddedZone zone, String password, IrodsStorage client) {
        this.zone = zone;
        this.password = password;
        this.client = client;
    }

    /** Starts it on a free loopback port, with random passwords, and logs in. */
    static DemoZone start(Path directory) throws IOException, StorageException {
        String password = randomPassword();
        EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory)
                .withUsers(List.of(new ZoneUser("rods", randomPassword(), true), new ZoneUser(USER, password, false))));
        IrodsStorage client = IrodsStorage.connect(IrodsConfig.builder()
                .host(zone.host())
                .port(zone.port())
                .zone(zone.zoneName())
                .user(USER)
                .password(Secret.of(password))
                .build());
        DemoZone started = new DemoZone(zone, password, client);
        try {
            var _ = client.checkLogin();
            return started;
        } catch (StorageException e) {
            started.close();
            throw e;
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    StoragePath home() {
        return StoragePath.of("/" + zone.zoneName() + "/home/" + USER);
    }

    Storage storage() {
        return client;
    }

    /** {@code user@host:port}, with the zone. */
    String address() {
        return USER + "@" + zone.host() + ":" + zone.port() + "/" + zone.zoneName();
    }

    String host() {
        return zone.host();
    }

    int port() {
        return zone.port();
    }

    String zoneName() {
        return zone.zoneName();
    }

    /** The user's password, for those who want to log in to a zone that stays. */
    String password() {
        return password;
    }

    /** All that was sent to clients so far. */
    long bytesSent() {
        return zone.statistics().bytesSent();
    }

    /** Stores a file as a new object, through the client; returns the SHA-256 of what was sent. */
    String put(Path file, StoragePath target) throws IOException, StorageException {
        MessageDigest digest = DemoSlide.digest();
        ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
        client.createCollection(target.parent());
        try (FileChannel channel = FileChannel.open(file);
                var writer = client.write(target, Storage.WriteMode.CREATE);
                ProgressBar bar = new ProgressBar("storing it in the zone")) {
            long done = 0;
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip().duplicate());
                int count = buffer.remaining();
                writer.write(done, buffer);
                done += count;
                buffer.clear();
                bar.advance(done, channel.size());
            }
            var _ = writer.commit();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        client.close();
        zone.close();
    }

    @Override
    public String toString() {
        return "zone " + zone.zoneName();
    }
}
