package org.omerods.cli.config;

import static org.omerods.cli.config.SettingKind.DURATION;
import static org.omerods.cli.config.SettingKind.PATH;
import static org.omerods.cli.config.SettingKind.SWITCH;
import static org.omerods.cli.config.SettingKind.TEXT;
import static org.omerods.cli.config.SettingKind.WHOLE_NUMBER;

import java.util.List;

/** The settings of the companion of an OMERO server; part of {@link Settings}. */
public final class OmeroSettings {
    public static final Setting OMERO_DATABASE_URL = Setting.of(
            "omero.database-url",
            TEXT,
            "",
            "Address of the OMERO server's database, `jdbc:postgresql://host:5432/omero`.");
    public static final Setting OMERO_DATABASE_USER =
            Setting.of("omero.database-user", TEXT, "irods_companion", "Role that may read it and nothing else.");
    public static final Setting OMERO_DATABASE_PASSWORD =
            Setting.secret("omero.database-password", "Its password. Better left to a file.");
    public static final Setting OMERO_DATABASE_PASSWORD_FILE =
            Setting.of("omero.database-password-file", PATH, "", "File whose first line is that password.");
    public static final Setting OMERO_MANAGED_REPOSITORY = Setting.of(
            "omero.managed-repository",
            PATH,
            "",
            "Where this machine sees the managed repository; empty: under the path that the server uses.");
    public static final Setting OMERO_MOUNTS = Setting.of(
            "omero.mounts",
            TEXT,
            "",
            "Where iRODS is mounted for OMERO, `directory=collection` with commas between, such as `/irods/tempZone=/tempZone`.");
    public static final Setting OMERO_WEB_URL = Setting.of(
            "omero.web-url",
            TEXT,
            "",
            "Address of OMERO.web, `https://omero.example.org`; empty: no addresses in triples.");
    public static final Setting OMERO_LSID_AUTHORITY = Setting.of(
            "omero.lsid-authority",
            TEXT,
            "export.openmicroscopy.org",
            "First part of every LSID; the server's `omero.db.authority`.");
    public static final Setting OMERO_PREFIX = Setting.of(
            "omero.prefix", TEXT, "omero::", "Begin of every attribute; servers that share a zone may have their own.");
    public static final Setting OMERO_GROUPS = Setting.of(
            "omero.groups",
            TEXT,
            "shared",
            "Groups whose things are shown in iRODS: `shared` (all but private ones), `all`, or names with commas between.");
    public static final Setting OMERO_SHOW = Setting.of(
            "omero.show",
            TEXT,
            "all",
            "What is said about an object: words of docs/companion.md with commas between; `-word` leaves one out.");
    public static final Setting OMERO_HIDDEN_NAMESPACES = Setting.of(
            "omero.hidden-namespaces",
            TEXT,
            "openmicroscopy.org/omero/import/",
            "Annotations whose namespace begins like one of these, with commas between, are not shown.");
    public static final Setting OMERO_MAX_IMAGES = Setting.of(
            "omero.max-images",
            WHOLE_NUMBER,
            "100",
            "Images that one object lists at most; of more, their number is told.");
    public static final Setting OMERO_BISQUE =
            Setting.of("omero.bisque", SWITCH, "false", "Write `ipc-bisque-id` and `ipc-bisque-uri` as well.");
    public static final Setting OMERO_COLLECTION = Setting.of(
            "omero.collection", TEXT, "", "Collection below which the triples of this server are; empty: the zone.");
    public static final Setting OMERO_STATE_COLLECTION = Setting.of(
            "omero.state-collection",
            TEXT,
            "",
            "Collection on which the companion notes how far it is; empty: the home of its iRODS user.");
    public static final Setting OMERO_POLL_INTERVAL =
            Setting.of("omero.poll-interval", DURATION, "1s", "Between looks at a database in which things happen.");
    public static final Setting OMERO_IDLE_POLL_INTERVAL =
            Setting.of("omero.idle-poll-interval", DURATION, "15s", "Between looks at one in which nothing happens.");
    public static final Setting OMERO_RECONCILE_INTERVAL =
            Setting.of("omero.reconcile-interval", DURATION, "24h", "Between comparisons of everything.");
    public static final Setting OMERO_DEEP_RECONCILE_INTERVAL = Setting.of(
            "omero.deep-reconcile-interval",
            DURATION,
            "168h",
            "How often a comparison looks at every triple instead of one digest of each object.");

    public static final Setting OMERO_WAKE_PORT = Setting.of(
            "omero.wake-port",
            WHOLE_NUMBER,
            "0",
            "UDP port on the loopback interface where the plugin of OMERO's server says that something changed; 0: none.");
    public static final Setting OMERO_WAKE_TOKEN_FILE =
            Setting.of("omero.wake-token-file", PATH, "", "File whose content the plugin has to know.");

    static final List<Setting> ALL = List.of(
            OMERO_DATABASE_URL,
            OMERO_DATABASE_USER,
            OMERO_DATABASE_PASSWORD,
            OMERO_DATABASE_PASSWORD_FILE,
            OMERO_MANAGED_REPOSITORY,
            OMERO_MOUNTS,
            OMERO_WEB_URL,
            OMERO_LSID_AUTHORITY,
            OMERO_PREFIX,
            OMERO_GROUPS,
            OMERO_SHOW,
            OMERO_HIDDEN_NAMESPACES,
            OMERO_MAX_IMAGES,
            OMERO_BISQUE,
            OMERO_COLLECTION,
            OMERO_STATE_COLLECTION,
            OMERO_POLL_INTERVAL,
            OMERO_IDLE_POLL_INTERVAL,
            OMERO_RECONCILE_INTERVAL,
            OMERO_DEEP_RECONCILE_INTERVAL,
            OMERO_WAKE_PORT,
            OMERO_WAKE_TOKEN_FILE);

    private OmeroSettings() {}
}
