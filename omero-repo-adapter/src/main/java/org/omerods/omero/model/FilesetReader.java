package org.omerods.omero.model;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Reads filesets with everything that belongs to them: six statements for any number of filesets. Stateless. Whoever calls
 * bounds the number; some hundreds are a good one.
 */
public final class FilesetReader {
    private static final String RATING = "openmicroscopy.org/omero/insight/rating";

    private static final String FILES = """
            select fe.fileset, fe.fileset_index, fe.clientpath, o.id, o.repo, o.path, o.name, r.path || r.name
            from filesetentry fe join originalfile o on o.id = fe.originalfile
            left join originalfile r on r.hash = o.repo and r.mimetype = 'Repository'
            where fe.fileset = any(?) order by fe.fileset, fe.fileset_index""";

    private static final String FILESETS = """
            select f.id, f.owner_id, e.omename, f.group_id, g.name, g.permissions
            from fileset f join experimenter e on e.id = f.owner_id join experimentergroup g on g.id = f.group_id
            where f.id = any(?)""";

    // The aggregates keep the planner at the index: an exists over so many images may become a scan of all pixels.
    private static final String IMAGES = """
            select i.fileset, i.id, coalesce(i.series, 0), i.name, x.uuid,
              coalesce((select bool_and(p.path is not null) from pixels p where p.image = i.id), false),
              (select count(*) from roi where roi.image = i.id)
            from image i left join externalinfo x on x.id = i.external_id where i.fileset = any(?)""";

    private static final String CONTAINERS = """
            select i.id, 'DATASET', d.id, d.name from image i join datasetimagelink l on l.child = i.id
              join dataset d on d.id = l.parent where i.fileset = any(?)
            union select i.id, 'PROJECT', p.id, p.name from image i join datasetimagelink l on l.child = i.id
              join projectdatasetlink m on m.child = l.parent join project p on p.id = m.parent where i.fileset = any(?)
            union select i.id, 'PLATE', p.id, p.name from image i join wellsample s on s.image = i.id
              join well w on w.id = s.well join plate p on p.id = w.plate where i.fileset = any(?)
            union select i.id, 'SCREEN', n.id, n.name from image i join wellsample s on s.image = i.id
              join well w on w.id = s.well join screenplatelink m on m.child = w.plate
              join screen n on n.id = m.parent where i.fileset = any(?)""";

    private static final String ANNOTATIONS = """
            select true, l.parent, a.id, a.discriminator, a.ns, a.textvalue, a.longvalue, o.name
              from image i join imageannotationlink l on l.parent = i.id join annotation a on a.id = l.child
              left join originalfile o on o.id = a.file where i.fileset = any(?)
            union all select false, l.parent, a.id, a.discriminator, a.ns, a.textvalue, a.longvalue, o.name
              from filesetannotationlink l join annotation a on a.id = l.child
              left join originalfile o on o.id = a.file where l.parent = any(?)
            order by 3""";

    private static final String PAIRS = """
            select annotation_id, name, value from annotation_mapvalue where annotation_id = any(?)
            order by annotation_id, "index\"""";

    private FilesetReader() {}

    /** UUID of the database. */
    public static UUID databaseUuid(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select value from configuration where name = 'omero.db.uuid'");
                ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException(
                        "table configuration has no omero.db.uuid: this is no database of an OMERO server");
            }
            return UUID.fromString(rows.getString(1));
        }
    }

    /** The filesets that are there, by number. All statements must see one state: call it in one transaction. */
    public static Map<Long, Fileset> read(Connection connection, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Array array = connection.createArrayOf("bigint", ids.toArray());
        Map<Long, List<OriginalFile>> files = new HashMap<>();
        query(
                connection,
                FILES,
                array,
                1,
                row -> files.computeIfAbsent(row.getLong(1), f -> new ArrayList<>())
                        .add(new OriginalFile(
                                row.getLong(4),
                                row.getInt(2),
                                text(row, 5),
                                text(row, 8),
                                text(row, 6),
                                text(row, 7),
                                text(row, 3))));
        Map<Long, List<Container>> containers = new HashMap<>();
        query(
                connection,
                CONTAINERS,
                array,
                4,
                row -> containers
                        .computeIfAbsent(row.getLong(1), i -> new ArrayList<>())
                        .add(new Container(Container.Kind.valueOf(row.getString(2)), row.getLong(3), text(row, 4))));
        Map<Long, List<Annotation>> ofImages = new HashMap<>();
        Map<Long, List<Annotation>> ofFilesets = new HashMap<>();
        readAnnotations(connection, array, ofImages, ofFilesets);
        Map<Long, List<Image>> images = new HashMap<>();
        query(
                connection,
                IMAGES,
                array,
                1,
                row -> images.computeIfAbsent(row.getLong(1), f -> new ArrayList<>())
                        .add(new Image(
                                row.getLong(2),
                                row.getInt(3),
                                text(row, 4),
                                row.getBoolean(6),
                                text(row, 5),
                                row.getLong(7),
                                containers.getOrDefault(row.getLong(2), List.of()),
                                ofImages.getOrDefault(row.getLong(2), List.of()))));
        Map<Long, Fileset> filesets = new LinkedHashMap<>();
        query(
                connection,
                FILESETS,
                array,
                1,
                row -> filesets.put(
                        row.getLong(1),
                        new Fileset(
                                row.getLong(1),
                                new Person(row.getLong(2), text(row, 3)),
                                new Group(row.getLong(4), text(row, 5), row.getLong(6)),
                                files.getOrDefault(row.getLong(1), List.of()),
                                images.getOrDefault(row.getLong(1), List.of()),
                                ofFilesets.getOrDefault(row.getLong(1), List.of()))));
        return filesets;
    }

    /** An annotation in the making, before its pairs are read. */
    private record Head(boolean ofImage, long parent, long id, Annotation.Kind kind, String namespace, String text) {}

    private static void readAnnotations(
            Connection connection,
            Array filesets,
            Map<Long, List<Annotation>> ofImages,
            Map<Long, List<Annotation>> ofFilesets)
            throws SQLException {
        List<Head> heads = new ArrayList<>();
        query(connection, ANNOTATIONS, filesets, 2, row -> {
            String namespace = text(row, 5);
            boolean ofImage = row.getBoolean(1);
            long parent = row.getLong(2);
            long id = row.getLong(3);
            switch (text(row, 4)) {
                case "/basic/text/tag/" ->
                    heads.add(new Head(ofImage, parent, id, Annotation.Kind.TAG, namespace, text(row, 6)));
                case "/basic/text/comment/" ->
                    heads.add(new Head(ofImage, parent, id, Annotation.Kind.COMMENT, namespace, text(row, 6)));
                case "/type/OriginalFile/" ->
                    heads.add(new Head(ofImage, parent, id, Annotation.Kind.FILE, namespace, text(row, 8)));
                case "/map/" -> heads.add(new Head(ofImage, parent, id, Annotation.Kind.MAP, namespace, ""));
                case "/basic/num/long/" -> {
                    if (namespace.equals(RATING)) {
                        heads.add(new Head(ofImage, parent, id, Annotation.Kind.RATING, namespace, text(row, 7)));
                    }
                }
                default -> {
                    // XML, timestamps and the like are for programs that know their namespaces
                }
            }
        });
        Map<Long, List<Annotation.Pair>> pairs = new HashMap<>();
        Object[] maps = heads.stream()
                .filter(head -> head.kind() == Annotation.Kind.MAP)
                .map(Head::id)
                .distinct()
                .toArray();
        if (maps.length > 0) {
            query(
                    connection,
                    PAIRS,
                    connection.createArrayOf("bigint", maps),
                    1,
                    row -> pairs.computeIfAbsent(row.getLong(1), a -> new ArrayList<>())
                            .add(new Annotation.Pair(text(row, 2), text(row, 3))));
        }
        for (Head head : heads) {
            (head.ofImage() ? ofImages : ofFilesets)
                    .computeIfAbsent(head.parent(), p -> new ArrayList<>())
                    .add(new Annotation(
                            head.id(),
                            head.kind(),
                            head.namespace(),
                            head.text(),
                            pairs.getOrDefault(head.id(), List.of())));
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void query(Connection connection, String sql, Array array, int times, RowReader reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= times; i++) {
                statement.setArray(i, array);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static String text(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }
}
