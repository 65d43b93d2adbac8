package org.omerods.omero.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the filesets that changes touch, with one statement for each kind of thing that changed. Not thread-safe. */
public final class DirtyFilesets {
    private static final String OF_IMAGES =
            "select distinct fileset from image where fileset is not null and id = any(?)";
    private static final String OF_DATASETS = "select distinct i.fileset from datasetimagelink l"
            + " join image i on i.id = l.child where i.fileset is not null and l.parent = any(?)";
    private static final String OF_PLATES = "select distinct i.fileset from well w join wellsample s on s.well = w.id"
            + " join image i on i.id = s.image where i.fileset is not null and w.plate = any(?)";

    private final LinkIndex links;

    public DirtyFilesets(LinkIndex links) {
        this.links = links;
    }

    /**
     * What has to be compared.
     *
     * @param filesets numbers, of ones that are gone too
     * @param unknownLinks removed links of which nobody knows what hung on them
     */
    public record Dirty(Set<Long> filesets, int unknownLinks) {}

    public Dirty find(Connection connection, ChangeFeed.Changes changes) throws SQLException {
        Set<Long> filesets = new HashSet<>();
        for (Map.Entry<EntityKind, Set<Long>> change : changes.changed().entrySet()) {
            if (change.getKey().isLink()) {
                links.learn(connection, change.getKey(), change.getValue());
            }
            addChanged(connection, change.getKey(), change.getValue(), filesets);
        }
        int unknown = 0;
        for (Map.Entry<EntityKind, Set<Long>> removal : changes.removed().entrySet()) {
            EntityKind kind = removal.getKey();
            if (kind == EntityKind.FILESET) {
                filesets.addAll(removal.getValue());
            } else if (kind.isLink()) {
                Set<Long> old = new HashSet<>(removal.getValue());
                // What was made and removed since last time was never shown.
                old.removeAll(changes.changed().getOrDefault(kind, Set.of()));
                LinkIndex.Known known = links.find(kind, old);
                unknown += known.unknown();
                addTargets(connection, kind, known.targets(), filesets);
            }
        }
        return new Dirty(filesets, unknown);
    }

    private static void addChanged(Connection connection, EntityKind kind, Set<Long> ids, Set<Long> filesets)
            throws SQLException {
        switch (kind) {
            case FILESET -> filesets.addAll(ids);
            case FILESET_ENTRY ->
                query(connection, "select fileset from filesetentry where id = any(?)", ids, filesets);
            case ORIGINAL_FILE -> {
                query(connection, "select fileset from filesetentry where originalfile = any(?)", ids, filesets);
                ofLinks(
                        connection,
                        "select distinct l.parent from annotation a join imageannotationlink l on l.child = a.id"
                                + " where a.file = any(?)",
                        ids,
                        EntityKind.IMAGE_ANNOTATION_LINK,
                        filesets);
            }
            case IMAGE -> query(connection, OF_IMAGES, ids, filesets);
            case PIXELS ->
                query(
                        connection,
                        "select distinct i.fileset from pixels p join image i on i.id = p.image"
                                + " where i.fileset is not null and p.id = any(?)",
                        ids,
                        filesets);
            case ROI ->
                ofLinks(
                        connection,
                        "select distinct image from roi where image is not null and id = any(?)",
                        ids,
                        EntityKind.ROI,
                        filesets);
            case DATASET -> query(connection, OF_DATASETS, ids, filesets);
            case PROJECT ->
                query(
                        connection,
                        "select distinct i.fileset from projectdatasetlink m join datasetimagelink l on l.parent = m.child"
                                + " join image i on i.id = l.child where i.fileset is not null and m.parent = any(?)",
                        ids,
                        filesets);
            case PLATE -> query(connection, OF_PLATES, ids, filesets);
            case SCREEN ->
                query(
                        connection,
                        "select distinct i.fileset from screenplatelink m join well w on w.plate = m.child"
                                + " join wellsample s on s.well = w.id join image i on i.id = s.image"
                                + " where i.fileset is not null and m.parent = any(?)",
                        ids,
                        filesets);
            case WELL_SAMPLE ->
                query(
                        connection,
                        "select distinct i.fileset from wellsample s join image i on i.id = s.image"
                                + " where i.fileset is not null and s.id = any(?)",
                        ids,
                        filesets);
            case PROJECT_DATASET_LINK ->
                ofLinks(connection, "select child from projectdatasetlink where id = any(?)", ids, kind, filesets);
            case DATASET_IMAGE_LINK ->
                ofLinks(connection, "select child from datasetimagelink where id = any(?)", ids, kind, filesets);
            case SCREEN_PLATE_LINK ->
                ofLinks(connection, "select child from screenplatelink where id = any(?)", ids, kind, filesets);
            case IMAGE_ANNOTATION_LINK ->
                ofLinks(connection, "select parent from imageannotationlink where id = any(?)", ids, kind, filesets);
            case FILESET_ANNOTATION_LINK ->
                ofLinks(connection, "select parent from filesetannotationlink where id = any(?)", ids, kind, filesets);
            case ANNOTATION -> {
                ofLinks(
                        connection,
                        "select distinct parent from imageannotationlink where child = any(?)",
                        ids,
                        EntityKind.IMAGE_ANNOTATION_LINK,
                        filesets);
                query(
                        connection,
                        "select distinct parent from filesetannotationlink where child = any(?)",
                        ids,
                        filesets);
            }
            case EXPERIMENTER -> query(connection, "select id from fileset where owner_id = any(?)", ids, filesets);
            case GROUP -> query(connection, "select id from fileset where group_id = any(?)", ids, filesets);
        }
    }

    private static void ofLinks(Connection connection, String sql, Set<Long> ids, EntityKind kind, Set<Long> filesets)
            throws SQLException {
        Set<Long> targets = new HashSet<>();
        query(connection, sql, ids, targets);
        addTargets(connection, kind, targets, filesets);
    }

    private static void addTargets(Connection connection, EntityKind kind, Set<Long> targets, Set<Long> filesets)
            throws SQLException {
        switch (kind) {
            case DATASET_IMAGE_LINK, IMAGE_ANNOTATION_LINK, ROI -> query(connection, OF_IMAGES, targets, filesets);
            case PROJECT_DATASET_LINK -> query(connection, OF_DATASETS, targets, filesets);
            case SCREEN_PLATE_LINK -> query(connection, OF_PLATES, targets, filesets);
            case FILESET_ANNOTATION_LINK -> filesets.addAll(targets);
            case FILESET,
                    FILESET_ENTRY,
                    ORIGINAL_FILE,
                    IMAGE,
                    PIXELS,
                    PROJECT,
                    DATASET,
                    SCREEN,
                    PLATE,
                    WELL_SAMPLE,
                    ANNOTATION,
                    EXPERIMENTER,
                    GROUP -> throw new IllegalArgumentException(kind + " is no link");
        }
    }

    private static void query(Connection connection, String sql, Set<Long> ids, Set<Long> found) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        Array array = connection.createArrayOf("bigint", ids.toArray());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long id = rows.getLong(1);
                    if (!rows.wasNull()) {
                        found.add(id);
                    }
                }
            }
        }
    }
}
