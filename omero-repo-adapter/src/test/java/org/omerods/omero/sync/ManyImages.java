package org.omerods.omero.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.omerods.omero.testing.SyntheticServer;
import org.omerods.zone.EmbeddedZone;

/** A server with many images of one file each, a hundred to a dataset and to a collection, and the objects in a zone. */
final class ManyImages {
    /** Triples of each object: eight, its dataset, and the digest. */
    static final int TRIPLES = 10;

    private static final int PER_COLLECTION = 100;

    private ManyImages() {}

    static void create(SyntheticServer server, EmbeddedZone zone, int count) throws SQLException, IOException {
        int first = 1_000_000;
        Object[] range = {first, first + count - 1};
        server.executes(
                "insert into fileset (id, owner_id, group_id) select n, 2, 3 from generate_series(?, ?) n", range);
        server.executes(
                "insert into originalfile (id, repo, path, name, size, owner_id, group_id) select n, '"
                        + SyntheticServer.REPOSITORY_UUID
                        + "', 'alice_2/' || n || '/', 's' || n || '.ndpi', 1, 2, 3 from generate_series(?, ?) n",
                range);
        server.executes(
                "insert into filesetentry (id, clientpath, fileset, originalfile, fileset_index)"
                        + " select n, 'irods/tempZone/home/rods/c' || n / 100 || '/s' || n || '.ndpi', n, n, 0"
                        + " from generate_series(?, ?) n",
                range);
        server.executes(
                "insert into image (id, name, series, fileset, owner_id, group_id)"
                        + " select n, 's' || n, 0, n, 2, 3 from generate_series(?, ?) n",
                range);
        server.executes(
                "insert into pixels (id, image, image_index, path) select n, n, 0, 'x' from generate_series(?, ?) n",
                range);
        server.executes(
                "insert into dataset (id, name) select distinct n / 100, 'D' || n / 100 from generate_series(?, ?) n",
                range);
        server.executes(
                "insert into datasetimagelink (id, parent, child) select n, n / 100, n from generate_series(?, ?) n",
                range);
        server.executes("analyze");
        for (int start = first; start < first + count; start += PER_COLLECTION) {
            int number = start;
            String collection = "/tempZone/home/rods/c" + start / PER_COLLECTION;
            zone.admin().createCollections(collection);
            List<String> names = IntStream.range(0, Math.min(PER_COLLECTION, first + count - start))
                    .mapToObj(i -> "s" + (number + i) + ".ndpi")
                    .toList();
            zone.admin().addObjects(collection, names, "x".getBytes(StandardCharsets.UTF_8));
        }
    }
}
