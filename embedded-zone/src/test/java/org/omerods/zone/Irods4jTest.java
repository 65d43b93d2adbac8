package org.omerods.zone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.irods.irods4j.authentication.NativeAuthPlugin;
import org.irods.irods4j.high_level.catalog.IRODSQuery;
import org.irods.irods4j.high_level.connection.IRODSConnection;
import org.irods.irods4j.high_level.connection.QualifiedUsername;
import org.irods.irods4j.high_level.io.IRODSDataObjectInputStream;
import org.irods.irods4j.high_level.io.IRODSDataObjectOutputStream;
import org.irods.irods4j.high_level.vfs.IRODSFilesystem;
import org.irods.irods4j.low_level.api.IRODSApi.RcComm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client of the iRODS project against the zone. */
final class Irods4jTest {
    private static final String HOME = "/tempZone/home/rods";

    @TempDir
    Path directory;

    private EmbeddedZone zone;
    private IRODSConnection connection;
    private RcComm comm;

    @BeforeEach
    void connect() throws Exception {
        zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory));
        connection = new IRODSConnection();
        connection.connect(zone.host(), zone.port(), new QualifiedUsername("rods", "tempZone"));
        connection.authenticate(new NativeAuthPlugin(), "rods");
        comm = connection.getRcComm();
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
        zone.close();
    }

    @Test
    void streamsWriteAndReadAnObject() throws Exception {
        write(HOME + "/streamed", "written by a stream");
        try (InputStream in = new IRODSDataObjectInputStream(comm, HOME + "/streamed")) {
            assertThat(in.readAllBytes()).isEqualTo("written by a stream".getBytes(UTF_8));
        }
        assertThat(IRODSFilesystem.dataObjectSize(comm, HOME + "/streamed")).isEqualTo(19);
    }

    @Test
    void collectionsAreMadeRenamedAndRemoved() throws Exception {
        assertThat(IRODSFilesystem.createCollections(comm, HOME + "/a/b/c")).isTrue();
        write(HOME + "/a/b/object", "x");
        IRODSFilesystem.rename(comm, HOME + "/a/b", HOME + "/a/renamed");
        assertThat(IRODSFilesystem.isDataObject(comm, HOME + "/a/renamed/object"))
                .isTrue();
        assertThat(IRODSFilesystem.isCollection(comm, HOME + "/a/renamed/c")).isTrue();
        IRODSFilesystem.removeAll(comm, HOME + "/a");
        assertThat(IRODSFilesystem.exists(comm, HOME + "/a")).isFalse();
    }

    @Test
    void queryFindsObjectsWithOddNames() throws Exception {
        write(HOME + "/it's 100% \u00e9\ud83d\ude00", "x");
        List<String> names = new ArrayList<>();
        for (List<String> row :
                IRODSQuery.executeGenQuery2(comm, "select DATA_NAME, DATA_SIZE where COLL_NAME = '" + HOME + "'")) {
            names.add(row.getFirst());
        }
        assertThat(names).containsExactly("it's 100% \u00e9\ud83d\ude00");
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        try (IRODSConnection other = new IRODSConnection()) {
            other.connect(zone.host(), zone.port(), new QualifiedUsername("rods", "tempZone"));
            assertThatThrownBy(() -> other.authenticate(new NativeAuthPlugin(), "wrong"))
                    .hasMessageContaining("-826000");
        }
    }

    private void write(String path, String content) throws Exception {
        try (IRODSDataObjectOutputStream out = new IRODSDataObjectOutputStream(comm, path, true, false)) {
            for (byte b : content.getBytes(UTF_8)) {
                out.write(b);
            }
        }
    }
}
