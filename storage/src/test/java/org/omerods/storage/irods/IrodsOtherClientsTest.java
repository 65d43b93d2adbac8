package org.omerods.storage.irods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32;
import org.irods.irods4j.authentication.NativeAuthPlugin;
import org.irods.irods4j.high_level.connection.IRODSConnection;
import org.irods.irods4j.high_level.connection.QualifiedUsername;
import org.irods.irods4j.high_level.io.IRODSDataObjectInputStream;
import org.irods.irods4j.high_level.io.IRODSDataObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.omerods.storage.Avu;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectReader;
import org.omerods.storage.ObjectReader.Priority;
import org.omerods.storage.ObjectWriter;
import org.omerods.storage.Storage.WriteMode;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/** What other clients write, we read; what we write, they read. */
@Timeout(120)
class IrodsOtherClientsTest extends ZoneTest {
    private static final String NAME = "it's \"a\" <slide> & 名前 😀.ndpi";

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private byte[] readAll(StoragePath path) throws StorageException {
        DataObject object = (DataObject) storage.stat(path);
        ByteBuffer target = ByteBuffer.allocate((int) object.size());
        try (ObjectReader reader = storage.open(object)) {
            reader.read(0, target, Priority.DEMAND);
        }
        return target.array();
    }

    private void write(StoragePath path, byte[] bytes) throws StorageException {
        try (ObjectWriter writer = storage.write(path, WriteMode.CREATE)) {
            writer.write(0, ByteBuffer.wrap(bytes));
            writer.commit();
        }
    }

    @Test
    void irods4jReadsWhatWeWriteAndTheOtherWayRound() throws Exception {
        byte[] bytes = bytes(300_000);
        try (IRODSConnection connection = new IRODSConnection()) {
            connection.connect(zone.host(), zone.port(), new QualifiedUsername("rods", zone.zoneName()));
            connection.authenticate(new NativeAuthPlugin(), "rods");
            StoragePath theirs = home.child("theirs " + NAME);
            try (IRODSDataObjectOutputStream out =
                    new IRODSDataObjectOutputStream(connection.getRcComm(), theirs.value(), true, false)) {
                out.write(bytes);
            }
            assertThat(readAll(theirs)).isEqualTo(bytes);

            StoragePath ours = home.child("ours " + NAME);
            write(ours, bytes);
            try (IRODSDataObjectInputStream in = new IRODSDataObjectInputStream(connection.getRcComm(), ours.value())) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
        assertThat(storage.list(home).entries()).hasSize(2);
    }

    @Test
    void pythonReadsWhatWeWriteAndTheOtherWayRound() throws Exception {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "needs /usr/bin/python3 with python3-irodsclient");
        byte[] bytes = bytes(200_000);
        StoragePath ours = home.child("ours");
        write(ours, bytes);
        storage.avus()
                .apply(ours, java.util.List.of(new org.omerods.storage.AvuStore.Operation.Add(new Avu("a", "v", "u"))));
        String program = """
                import sys, zlib
                try:
                    from irods.session import iRODSSession
                except ImportError:
                    sys.exit(77)
                with iRODSSession(host=sys.argv[1], port=int(sys.argv[2]), user='rods', password='rods', zone='tempZone') as s:
                    ours = s.data_objects.get('/tempZone/home/rods/ours')
                    data = ours.open('r').read()
                    print(len(data), zlib.crc32(data), [(m.name, m.value, m.units) for m in ours.metadata.items()])
                    theirs = s.data_objects.create('/tempZone/home/rods/theirs')
                    f = theirs.open('w')
                    f.write(data[::-1])
                    f.close()
                """;
        Process process = new ProcessBuilder(
                        python.toString(), "-W", "ignore", "-c", program, zone.host(), Integer.toString(zone.port()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        assumeTrue(exit != 77, "needs Debian's python3-irodsclient");
        assertThat(exit).as(output).isZero();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        assertThat(output.strip()).isEqualTo(bytes.length + " " + crc.getValue() + " [('a', 'v', 'u')]");
        byte[] reversed = readAll(home.child("theirs"));
        assertThat(reversed).hasSize(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            assertThat(reversed[i]).isEqualTo(bytes[bytes.length - 1 - i]);
        }
    }
}
