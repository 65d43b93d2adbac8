package org.omerods.omero.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omerods.omero.model.ServerIdentity;

/**
 * A small OMERO database with the tables, columns and habits that the companion depends on: what happens is written as an
 * OMERO server writes it, with its rows in {@code event} and {@code eventlog}, or without them where the real one leaves
 * them out. Every call is a transaction. Not thread-safe.
 */
public final class SyntheticServer implements AutoCloseable {
    public static final String DATABASE_UUID = "0f1e2d3c-4b5a-4978-8877-665544332211";
    public static final String REPOSITORY_UUID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    public static final String REPOSITORY_ROOT = "/OMERO/ManagedRepository";
    /** An ordinary group whose members see each other's data. */
    public static final long LAB = 3;
    /** A private group. */
    public static final long PRIVATE = 4;

    public static final long ALICE = 2;
    public static final long BOB = 3;

    private final TestPostgres.Database database;
    private final Connection connection;
    private long nextId = 100;
    private long event;

    private SyntheticServer(TestPostgres.Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    public static SyntheticServer start() throws SQLException, IOException {
        TestPostgres.Database database = TestPostgres.newDatabase();
        Connection connection = database.connect();
        SyntheticServer server = new SyntheticServer(database, connection);
        try (InputStream script =
                        Objects.requireNonNull(SyntheticServer.class.getResourceAsStream("synthetic-schema.sql"));
                Statement statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        connection.setAutoCommit(false);
        server.sql("insert into configuration values ('omero.db.uuid', ?)", DATABASE_UUID);
        server.sql("insert into experimentergroup (id, name, permissions) values (0,'system',-120), (1,'user',-52),"
                + " (3,'lab',-56), (4,'secret lab',-120)");
        server.sql("insert into experimenter (id, omename) values (0,'root'), (2,'alice'), (3,'bob')");
        server.sql(
                "insert into originalfile (id, repo, path, name, hash, mimetype, owner_id, group_id)"
                        + " values (1, null, '/OMERO/', 'ManagedRepository', ?, 'Repository', 0, 1)",
                REPOSITORY_UUID);
        connection.commit();
        return server;
    }

    public TestPostgres.Database database() {
        return database;
    }

    /** What the companion calls the server, as it reads it from the database. */
    public ServerIdentity identity() {
        return new ServerIdentity(UUID.fromString(DATABASE_UUID), ServerIdentity.DEFAULT_AUTHORITY);
    }

    /** What an import made: numbers of the rows. */
    public record Imported(long fileset, List<Long> files, List<Long> images) {
        public long image() {
            return images.getFirst();
        }
    }

    /** One file of an import: its name below the repository's root, and the path of its source as the importer saw it. */
    public record Source(String managedPath, String managedName, String clientPath) {}

    /** A finished import of one file with one image. */
    public Imported imports(String clientPath) throws SQLException {
        return imports(ALICE, LAB, List.of(source(clientPath)), 1);
    }

    /** The source under the managed name that an import gives it. */
    public Source source(String clientPath) {
        String name = clientPath.substring(clientPath.lastIndexOf('/') + 1);
        return new Source("alice_2/" + nextId++ + "/", name, clientPath);
    }

    /** A finished import. */
    public Imported imports(long owner, long group, List<Source> sources, int images) throws SQLException {
        Imported imported = startsImport(owner, group, sources, images);
        finishesImport(imported);
        return imported;
    }

    /** An import whose images are there and whose pixels have no path yet; a failed one stays like this for ever. */
    public Imported startsImport(long owner, long group, List<Source> sources, int images) throws SQLException {
        newEvent(owner, group);
        long fileset = nextId++;
        sql(
                "insert into fileset (id, templateprefix, owner_id, group_id, update_id) values (?, 'x/', ?, ?, ?)",
                fileset,
                owner,
                group,
                event);
        log("INSERT", "ome.model.fs.Fileset", fileset);
        List<Long> files = new ArrayList<>();
        for (Source source : sources) {
            long file = nextId++;
            sql(
                    "insert into originalfile (id, repo, path, name, size, owner_id, group_id, update_id)"
                            + " values (?, ?, ?, ?, 1, ?, ?, ?)",
                    file,
                    REPOSITORY_UUID,
                    source.managedPath(),
                    source.managedName(),
                    owner,
                    group,
                    event);
            sql(
                    "insert into filesetentry (id, clientpath, fileset, originalfile, fileset_index) values (?,?,?,?,?)",
                    nextId++,
                    source.clientPath(),
                    fileset,
                    file,
                    files.size());
            log("INSERT", "ome.model.core.OriginalFile", file);
            files.add(file);
        }
        commit();
        newEvent(owner, group);
        List<Long> ids = new ArrayList<>();
        for (int series = 0; series < images; series++) {
            long image = nextId++;
            sql(
                    "insert into image (id, name, series, fileset, owner_id, group_id, update_id)"
                            + " values (?, ?, ?, ?, ?, ?, ?)",
                    image,
                    "image " + image,
                    series,
                    fileset,
                    owner,
                    group,
                    event);
            sql("insert into pixels (id, image, image_index) values (?, ?, 0)", nextId++, image);
            log("INSERT", "ome.model.core.Image", image);
            ids.add(image);
        }
        commit();
        return new Imported(fileset, files, ids);
    }

    /** The end of an import: pixels get their path without a word in the event log; the words come after. */
    public void finishesImport(Imported imported) throws SQLException {
        for (long image : imported.images()) {
            sql("update pixels set path = 'x', name = 'y', repo = ? where image = ?", REPOSITORY_UUID, image);
            commit();
        }
        newEvent(ALICE, LAB);
        for (long image : imported.images()) {
            log("UPDATE", "ome.model.core.Image", image);
        }
        commit();
    }

    /** Only the silent part of {@link #finishesImport}. */
    public void setsPixelsPath(Imported imported) throws SQLException {
        for (long image : imported.images()) {
            sql("update pixels set path = 'x', name = 'y', repo = ? where image = ?", REPOSITORY_UUID, image);
        }
        commit();
    }

    /** Removes a fileset with its images, links and entries: one event, children first. */
    public void deletes(Imported imported) throws SQLException {
        newEvent(ALICE, LAB);
        for (long image : imported.images()) {
            remove("imageannotationlink", "ome.model.annotations.ImageAnnotationLink", "parent", image);
            remove("datasetimagelink", "ome.model.containers.DatasetImageLink", "child", image);
            remove("wellsample", "ome.model.screen.WellSample", "image", image);
            remove("roi", "ome.model.roi.Roi", "image", image);
            remove("pixels", "ome.model.core.Pixels", "image", image);
            remove("image", "ome.model.core.Image", "id", image);
        }
        remove("filesetannotationlink", "ome.model.annotations.FilesetAnnotationLink", "parent", imported.fileset());
        remove("filesetentry", "ome.model.fs.FilesetEntry", "fileset", imported.fileset());
        remove("fileset", "ome.model.fs.Fileset", "id", imported.fileset());
        for (long file : imported.files()) {
            remove("originalfile", "ome.model.core.OriginalFile", "id", file);
        }
        commit();
    }

    /** A dataset, project, plate or screen. */
    public long container(String kind, String name) throws SQLException {
        newEvent(ALICE, LAB);
        long id = nextId++;
        sql("insert into " + kind + " (id, name, owner_id, group_id) values (?, ?, 2, 3)", id, name);
        log(
                "INSERT",
                (kind.equals("dataset") || kind.equals("project") ? "ome.model.containers." : "ome.model.screen.")
                        + capital(kind),
                id);
        commit();
        return id;
    }

    public void renames(String kind, long id, String name) throws SQLException {
        newEvent(ALICE, LAB);
        sql("update " + kind + " set name = ? where id = ?", name, id);
        log(
                "UPDATE",
                (kind.equals("plate") || kind.equals("screen") ? "ome.model.screen." : "ome.model.containers.")
                        + capital(kind),
                id);
        commit();
    }

    /** A link of {@code projectdatasetlink}, {@code datasetimagelink} or {@code screenplatelink}. */
    public long links(String table, long parent, long child) throws SQLException {
        newEvent(ALICE, LAB);
        long id = nextId++;
        sql("insert into " + table + " (id, parent, child) values (?, ?, ?)", id, parent, child);
        log("INSERT", linkClass(table), id);
        commit();
        return id;
    }

    /** Puts an image into a well of a plate. */
    public void fillsWell(long plate, long image) throws SQLException {
        newEvent(ALICE, LAB);
        long well = nextId++;
        sql("insert into well (id, plate, \"row\", \"column\") values (?, ?, 0, 0)", well, plate);
        long sample = nextId++;
        sql("insert into wellsample (id, well, image) values (?, ?, ?)", sample, well, image);
        log("INSERT", "ome.model.screen.WellSample", sample);
        commit();
    }

    public void unlinks(String table, long link) throws SQLException {
        newEvent(ALICE, LAB);
        remove(table, linkClass(table), "id", link);
        commit();
    }

    /** A tag, comment, term or description; {@code discriminator} as in {@code /basic/text/tag/}. */
    public long textAnnotation(String discriminator, @Nullable String namespace, String text) throws SQLException {
        newEvent(ALICE, LAB);
        long id = nextId++;
        sql(
                "insert into annotation (id, discriminator, ns, textvalue, owner_id, group_id, update_id)"
                        + " values (?, ?, ?, ?, 2, 3, ?)",
                id,
                discriminator,
                namespace,
                text,
                event);
        log("INSERT", "ome.model.annotations.TagAnnotation", id);
        commit();
        return id;
    }

    public long longAnnotation(String namespace, long value) throws SQLException {
        newEvent(ALICE, LAB);
        long id = nextId++;
        sql(
                "insert into annotation (id, discriminator, ns, longvalue, owner_id, group_id, update_id)"
                        + " values (?, '/basic/num/long/', ?, ?, 2, 3, ?)",
                id,
                namespace,
                value,
                event);
        log("INSERT", "ome.model.annotations.LongAnnotation", id);
        commit();
        return id;
    }

    public long fileAnnotation(String name) throws SQLException {
        newEvent(ALICE, LAB);
        long file = nextId++;
        sql("insert into originalfile (id, path, name, owner_id, group_id) values (?, '/', ?, 2, 3)", file, name);
        long id = nextId++;
        sql(
                "insert into annotation (id, discriminator, file, owner_id, group_id, update_id)"
                        + " values (?, '/type/OriginalFile/', ?, 2, 3, ?)",
                id,
                file,
                event);
        log("INSERT", "ome.model.annotations.FileAnnotation", id);
        commit();
        return id;
    }

    /** A map annotation of names and values in turn. */
    public long mapAnnotation(String namespace, String... pairs) throws SQLException {
        newEvent(ALICE, LAB);
        long id = nextId++;
        sql(
                "insert into annotation (id, discriminator, ns, owner_id, group_id, update_id)"
                        + " values (?, '/map/', ?, 2, 3, ?)",
                id,
                namespace,
                event);
        values(id, pairs);
        log("INSERT", "ome.model.annotations.MapAnnotation", id);
        commit();
        return id;
    }

    /** New values of a map annotation: no word of it in the event log. */
    public void setsValues(long annotation, String... pairs) throws SQLException {
        newEvent(ALICE, LAB);
        sql("delete from annotation_mapvalue where annotation_id = ?", annotation);
        values(annotation, pairs);
        sql("update annotation set update_id = ? where id = ?", event, annotation);
        commit();
    }

    public void renamesTag(long annotation, String text) throws SQLException {
        newEvent(ALICE, LAB);
        sql("update annotation set textvalue = ?, update_id = ? where id = ?", text, event, annotation);
        log("UPDATE", "ome.model.annotations.TagAnnotation", annotation);
        commit();
    }

    public long roi(long image) throws SQLException {
        newEvent(ALICE, LAB);
        long id = nextId++;
        sql("insert into roi (id, image, owner_id, group_id) values (?, ?, 2, 3)", id, image);
        log("INSERT", "ome.model.roi.Roi", id);
        commit();
        return id;
    }

    public void removesRoi(long id) throws SQLException {
        newEvent(ALICE, LAB);
        remove("roi", "ome.model.roi.Roi", "id", id);
        commit();
    }

    /** Moves a fileset to a group: UPDATE rows in the event log, update_id stays. */
    public void changesGroup(Imported imported, long group) throws SQLException {
        newEvent(ALICE, group);
        sql("update fileset set group_id = ? where id = ?", group, imported.fileset());
        log("UPDATE", "ome.model.fs.Fileset", imported.fileset());
        for (long image : imported.images()) {
            sql("update image set group_id = ? where id = ?", group, image);
            log("UPDATE", "ome.model.core.Image", image);
        }
        commit();
    }

    public void changesPermissions(long group, long permissions) throws SQLException {
        newEvent(0, 0);
        sql("update experimentergroup set permissions = ? where id = ?", permissions, group);
        log("UPDATE", "ome.model.meta.ExperimenterGroup", group);
        commit();
    }

    public void setsExternalInfo(long image, String uuid) throws SQLException {
        newEvent(ALICE, LAB);
        long id = nextId++;
        sql("insert into externalinfo (id, entityid, entitytype, uuid) values (?, ?, 'x', ?)", id, image, uuid);
        sql("update image set external_id = ? where id = ?", id, image);
        log("UPDATE", "ome.model.core.Image", image);
        commit();
    }

    /** Any SQL, in a transaction of its own. */
    public void executes(String sql, Object... values) throws SQLException {
        sql(sql, values);
        commit();
    }

    private void values(long annotation, String... pairs) throws SQLException {
        for (int i = 0; i < pairs.length; i += 2) {
            sql(
                    "insert into annotation_mapvalue (annotation_id, name, value, \"index\") values (?, ?, ?, ?)",
                    annotation,
                    pairs[i],
                    pairs[i + 1],
                    i / 2);
        }
    }

    private void remove(String table, String type, String column, long value) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id from " + table + " where " + column + " = ?")) {
            select.setLong(1, value);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        for (long id : ids) {
            sql("delete from " + table + " where id = ?", id);
            log("DELETE", type, id);
        }
    }

    private void newEvent(long owner, long group) throws SQLException {
        event = nextId++;
        sql(
                "insert into event (id, \"time\", experimenter, experimentergroup) values (?, now(), ?, ?)",
                event,
                owner,
                group);
    }

    private void log(String action, String type, long id) throws SQLException {
        sql(
                "insert into eventlog (id, action, entitytype, entityid, event) values (?, ?, ?, ?, ?)",
                nextId++,
                action,
                type,
                id,
                event);
    }

    private void sql(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    private void commit() throws SQLException {
        connection.commit();
    }

    private static String linkClass(String table) {
        return switch (table) {
            case "projectdatasetlink" -> "ome.model.containers.ProjectDatasetLink";
            case "datasetimagelink" -> "ome.model.containers.DatasetImageLink";
            case "screenplatelink" -> "ome.model.screen.ScreenPlateLink";
            case "imageannotationlink" -> "ome.model.annotations.ImageAnnotationLink";
            case "filesetannotationlink" -> "ome.model.annotations.FilesetAnnotationLink";
            default -> throw new IllegalArgumentException("no table of links: " + table);
        };
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
