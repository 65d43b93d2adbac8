package org.omerods.cli.config;

import static org.omerods.cli.config.SettingKind.DURATION;
import static org.omerods.cli.config.SettingKind.PATH;
import static org.omerods.cli.config.SettingKind.SIZE;
import static org.omerods.cli.config.SettingKind.TEXT;
import static org.omerods.cli.config.SettingKind.WHOLE_NUMBER;

import java.util.List;

/** The part of the catalogue that says how the companion acts on an OMERO server: imports, links, promotion, annotations. */
public final class ActionSettings {
    public static final Setting OMERO_ACTIONS = Setting.of(
            "omero.actions",
            TEXT,
            "imports,links,annotations",
            "What `omerods sync` does besides mirroring, commas between; `promotion` too; what lacks its settings is left out.");
    public static final Setting OMERO_PROGRAM =
            Setting.of("omero.program", TEXT, "omero", "The omero program (omero-py).");
    public static final Setting OMERO_HOST =
            Setting.of("omero.host", TEXT, "localhost", "Name or address of the OMERO server.");
    public static final Setting OMERO_PORT =
            Setting.of("omero.port", WHOLE_NUMBER, "4064", "Port of its router (Glacier2).");
    public static final Setting OMERO_USER = Setting.of(
            "omero.user",
            TEXT,
            "root",
            "Service account; to import for others it must be an administrator, or have the privilege Sudo.");
    public static final Setting OMERO_PASSWORD_FILE =
            Setting.of("omero.password-file", PATH, "", "File whose first line is the service account's password.");
    public static final Setting OMERO_WEB_SERVER = Setting.of(
            "omero.web-server", WHOLE_NUMBER, "1", "OMERO.web's number of the OMERO server, for its log-in.");
    public static final Setting LINKS_INTERVAL =
            Setting.of("links.interval", DURATION, "10m", "Between looks at the links of the managed repository.");

    public static final Setting IMPORT_PARALLEL = Setting.of(
            "import.parallel", WHOLE_NUMBER, "2", "Imports that run at the same time, each a JVM of about 500 MB.");
    public static final Setting IMPORT_TIMEOUT =
            Setting.of("import.timeout", DURATION, "6h", "Limit of one run of the importer.");
    public static final Setting IMPORT_SKIP = Setting.of(
            "import.skip",
            TEXT,
            "checksum,upgrade",
            "What the importer leaves out: `checksum` (else each file is read twice as a whole), `minmax`, `thumbnails`,"
                    + " `upgrade`, `all`; commas between.");
    public static final Setting IMPORT_DEFAULT_USER = Setting.of(
            "import.default-user",
            TEXT,
            "{owner}",
            "OMERO user for whom is imported when a request names none; `{owner}` is the object's owner in iRODS.");
    public static final Setting IMPORT_ALLOWED_USERS = Setting.of(
            "import.allowed-users",
            TEXT,
            "{owner}",
            "OMERO users whom a request may name, commas between; `*` for anybody.");

    public static final Setting PROMOTION_COLLECTION = Setting.of(
            "promotion.collection", TEXT, "", "Collection below which promoted files lie, with their names in OMERO.");
    public static final Setting PROMOTION_MIN_AGE = Setting.of(
            "promotion.min-age",
            DURATION,
            "24h",
            "Only files whose import, or last change of owner or group, is older.");
    public static final Setting PROMOTION_MIN_SIZE =
            Setting.of("promotion.min-size", SIZE, "1MiB", "Only files of at least this size.");
    public static final Setting PROMOTION_GROUPS =
            Setting.of("promotion.groups", TEXT, "", "Only files of these OMERO groups, commas between; empty: all.");

    public static final Setting PROMOTION_INTERVAL = Setting.of(
            "promotion.interval",
            DURATION,
            "1h",
            "Between looks for files to move, where `omero.actions` says promotion.");

    public static final Setting ANNOTATION_INCLUDE = Setting.of(
            "annotation.include", TEXT, "*", "Attributes of AVUs that OMERO shows; `*` for any text, commas between.");
    public static final Setting ANNOTATION_EXCLUDE =
            Setting.of("annotation.exclude", TEXT, "", "Attributes that it does not show; as above.");
    public static final Setting ANNOTATION_INTERVAL =
            Setting.of("annotation.interval", DURATION, "1m", "Between looks for AVUs that changed in iRODS.");

    static final List<Setting> ALL = List.of(
            OMERO_ACTIONS,
            OMERO_PROGRAM,
            OMERO_HOST,
            OMERO_PORT,
            OMERO_USER,
            OMERO_PASSWORD_FILE,
            OMERO_WEB_SERVER,
            LINKS_INTERVAL,
            IMPORT_PARALLEL,
            IMPORT_TIMEOUT,
            IMPORT_SKIP,
            IMPORT_DEFAULT_USER,
            IMPORT_ALLOWED_USERS,
            PROMOTION_COLLECTION,
            PROMOTION_MIN_AGE,
            PROMOTION_MIN_SIZE,
            PROMOTION_GROUPS,
            PROMOTION_INTERVAL,
            ANNOTATION_INCLUDE,
            ANNOTATION_EXCLUDE,
            ANNOTATION_INTERVAL);

    private ActionSettings() {}
}
