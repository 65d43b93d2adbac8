package org.omerods.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's python-irodsclient against the zone. */
final class PythonClientIT {
    /** The Python for which Debian installs the client. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String SCRIPT = """
            import sys
            from irods.session import iRODSSession
            with iRODSSession(host=sys.argv[1], port=int(sys.argv[2]), user='rods', password='rods', zone='tempZone') as s:
                s.collections.create('/tempZone/home/rods/py')
                path = '/tempZone/home/rods/py/object'
                o = s.data_objects.create(path)
                with o.open('w') as f:
                    f.write(b'x' * 100000 + b'end')
                o = s.data_objects.get(path)
                print('size', o.size)
                with o.open('r') as f:
                    f.seek(99998)
                    print('tail', f.read().decode())
                c = s.collections.get('/tempZone/home/rods/py')
                print('names', [d.name for d in c.data_objects])
                s.data_objects.move(path, path + '2')
                print('moved', s.data_objects.exists(path), s.data_objects.exists(path + '2'))
                s.collections.remove('/tempZone/home/rods/py', recurse=True, force=True)
                print('removed', not s.collections.exists('/tempZone/home/rods/py'))
            """;

    @TempDir
    Path directory;

    @Test
    void pythonClientCreatesReadsMovesAndRemoves() throws IOException, InterruptedException {
        assumeTrue(Programs.isPresent(PYTHON), PYTHON + " is not installed");
        assumeTrue(
                Programs.run(PYTHON, "-c", "import irods; print('found')").contains("found"),
                "python3-irodsclient is not installed");
        try (EmbeddedZone zone = EmbeddedZone.start(ZoneOptions.inDirectory(directory))) {
            List<String> output = Programs.run(PYTHON, "-c", SCRIPT, zone.host(), Integer.toString(zone.port()));
            assertThat(output)
                    .containsSubsequence(
                            "size 100003", "tail xxend", "names ['object']", "moved False True", "removed True");
        }
    }
}
