package org.omerods.cli.config;

import static org.omerods.cli.config.SettingKind.DURATION;
import static org.omerods.cli.config.SettingKind.OCTAL;
import static org.omerods.cli.config.SettingKind.PATH;
import static org.omerods.cli.config.SettingKind.SIZE;
import static org.omerods.cli.config.SettingKind.SWITCH;
import static org.omerods.cli.config.SettingKind.TEXT;
import static org.omerods.cli.config.SettingKind.WHOLE_NUMBER;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue of all settings. docs/configuration.md shows the same, and a test compares the two. */
public final class Settings {
    public static final Setting IRODS_HOST = Setting.of("irods.host", TEXT, "", "Name or address of the iRODS server.");
    public static final Setting IRODS_PORT = Setting.of("irods.port", WHOLE_NUMBER, "1247", "TCP port of the server.");
    public static final Setting IRODS_ZONE = Setting.of("irods.zone", TEXT, "", "Zone of the user.");
    public static final Setting IRODS_USER =
            Setting.of("irods.user", TEXT, "", "User whose rights apply; `anonymous` needs no password.");
    public static final Setting IRODS_PROXY_USER = Setting.of(
            "irods.proxy-user", TEXT, "", "Administrator that logs in on behalf of the user; empty: the user itself.");
    public static final Setting IRODS_PROXY_ZONE =
            Setting.of("irods.proxy-zone", TEXT, "", "Zone of the proxy user; empty: that of the user.");
    public static final Setting IRODS_AUTHENTICATION = Setting.choice(
            "irods.authentication",
            List.of("native", "pam_password", "anonymous"),
            "native",
            "Scheme of the login. `pam_password` sends the password and therefore insists on TLS.");
    public static final Setting IRODS_PASSWORD = Setting.secret(
            "irods.password", "Password. Better left to `~/.irods/.irodsA` (written by iinit) or a password file.");
    public static final Setting IRODS_PASSWORD_FILE =
            Setting.of("irods.password-file", PATH, "", "File whose first line is the password.");
    public static final Setting IRODS_TICKET =
            Setting.secret("irods.ticket", "Ticket that is presented on every connection.");
    public static final Setting IRODS_ENVIRONMENT_FILE = Setting.of(
            "irods.environment-file",
            PATH,
            "~/.irods/irods_environment.json",
            "The icommands' environment; `IRODS_ENVIRONMENT_FILE` moves it too.");
    public static final Setting IRODS_AUTHENTICATION_FILE = Setting.of(
            "irods.authentication-file",
            PATH,
            "~/.irods/.irodsA",
            "The password as iinit keeps it; `IRODS_AUTHENTICATION_FILE` moves it too.");
    public static final Setting IRODS_NEGOTIATION = Setting.choice(
            "irods.negotiation",
            List.of("CS_NEG_REFUSE", "CS_NEG_DONT_CARE", "CS_NEG_REQUIRE"),
            "CS_NEG_DONT_CARE",
            "Whether TLS is refused, left to the server, or required.");
    public static final Setting IRODS_TLS_VERIFY = Setting.choice(
            "irods.tls-verify",
            List.of("hostname", "cert", "none"),
            "hostname",
            "What of the server's certificate is checked: chain and host name, chain only, nothing.");
    public static final Setting IRODS_TLS_CA_FILE =
            Setting.of("irods.tls-ca-file", PATH, "", "PEM file of the authorities to trust; empty: those of the JDK.");
    public static final Setting IRODS_CONNECT_TIMEOUT =
            Setting.of("irods.connect-timeout", DURATION, "10s", "Limit of connecting and of each step of the login.");
    public static final Setting IRODS_READ_TIMEOUT =
            Setting.of("irods.read-timeout", DURATION, "60s", "Limit of silence while an answer is due.");
    public static final Setting IRODS_MAX_CONNECTIONS = Setting.of(
            "irods.max-connections", WHOLE_NUMBER, "8", "Connections to the server at most; each is a server process.");
    public static final Setting IRODS_RESOURCE_HOSTS = Setting.of(
            "irods.resource-hosts",
            SWITCH,
            "true",
            "Read from the server that holds the replica where it can be reached.");

    public static final Setting IRODS_CHECKSUM = Setting.choice(
            "irods.checksum",
            List.of("sha2", "sha512", "sha1", "md5", "none"),
            "sha2",
            "By which new bytes are compared with what arrived, and registered.");
    public static final Setting IRODS_LINK_ATTRIBUTE = Setting.of(
            "irods.link-attribute",
            TEXT,
            "omerods:symlink",
            "Attribute of the AVU that makes a data object a symbolic link; its value is the target.");
    public static final Setting IRODS_MODE_ATTRIBUTE = Setting.of(
            "irods.mode-attribute",
            TEXT,
            "omerods:mode",
            "Attribute of the AVU with the permission bits of a data object or a collection, in octal digits; for `mount.ownership keep`.");

    public static final Setting CACHE_DIRECTORY = Setting.of(
            "cache.directory",
            PATH,
            "",
            "Folder of the block files, a sub-folder for each mount; empty: `/var/cache/omerods` for root, else"
                    + " `~/.cache/omerods`.");
    public static final Setting CACHE_MAX_SIZE =
            Setting.of("cache.max-size", SIZE, "10GiB", "Room of the block files on disk.");
    public static final Setting CACHE_VERIFY_COMPLETE = Setting.of(
            "cache.verify-complete",
            SWITCH,
            "true",
            "Compare what was read from end to end, or is complete in the cache, with the catalog's checksum.");
    public static final Setting CACHE_ATTRIBUTE_TTL =
            Setting.of("cache.attribute-ttl", DURATION, "60s", "How long sizes, times and versions are believed.");
    public static final Setting CACHE_LISTING_TTL =
            Setting.of("cache.listing-ttl", DURATION, "30s", "How long a listing is believed.");
    public static final Setting CACHE_NEGATIVE_TTL =
            Setting.of("cache.negative-ttl", DURATION, "5s", "How long a path that was missing is believed missing.");

    public static final Setting CACHE_MAX_AGE_AT_OPEN = Setting.of(
            "cache.max-age-at-open",
            DURATION,
            "5s",
            "Opening a file asks the catalog again when its attributes are older than this.");

    public static final Setting STAGING_DIRECTORY = Setting.of(
            "staging.directory",
            PATH,
            "",
            "Folder of what is written and not yet uploaded, a sub-folder for each mount; empty: `/var/lib/omerods/staging` for root, else `~/.local/share/omerods/staging`.");
    public static final Setting STAGING_MAX_SIZE =
            Setting.of("staging.max-size", SIZE, "20GiB", "Room of what is written and not yet uploaded.");
    public static final Setting STAGING_MAX_WAIT = Setting.of(
            "staging.max-wait",
            DURATION,
            "60s",
            "How long a writer waits for room while uploads are under way, before it gets ENOSPC.");
    public static final Setting STAGING_MAX_UPLOADS =
            Setting.of("staging.max-uploads", WHOLE_NUMBER, "4", "Files that are uploaded at the same time.");
    public static final Setting STAGING_EARLY_UPLOAD = Setting.of(
            "staging.early-upload",
            SIZE,
            "64MiB",
            "From this length on a new file is sent to iRODS while it is still being written, locked and not good until it is closed; 0: everything is sent at the close.");

    public static final Setting PREFETCH_ENABLED =
            Setting.of("prefetch.enabled", SWITCH, "true", "Fetch ahead of sequential and strided readers.");
    public static final Setting PREFETCH_MAX_WINDOW = Setting.of(
            "prefetch.max-window", SIZE, "32MiB", "How far ahead of one sequential reader is fetched at most.");

    public static final Setting PREFETCH_SLIDES = Setting.of(
            "prefetch.slides",
            SWITCH,
            "true",
            "Find out where the tiles of a slide are, and fetch whole tiles and their neighbours.");
    public static final Setting PREFETCH_MERGE_GAP = Setting.of(
            "prefetch.merge-gap",
            SIZE,
            "64KiB",
            "Pieces of a slide that are closer to each other are fetched as one, as long as little of it is gaps.");

    public static final Setting PREFETCH_SIBLING_SIZE = Setting.of(
            "prefetch.sibling-size",
            SIZE,
            "4MiB",
            "Where a program reads the files of a directory one after the other, those that follow are fetched ahead, up to this size; 0: none.");

    public static final Setting MOUNT_DRIVER = Setting.choice(
            "mount.driver",
            List.of("auto", "dev", "jnr"),
            "auto",
            "`dev` speaks to /dev/fuse, `jnr` needs libfuse 2; `auto` takes the first that works.");
    public static final Setting MOUNT_READ_ONLY =
            Setting.of("mount.read-only", SWITCH, "false", "Refuse every change before it reaches the network.");
    public static final Setting MOUNT_OWNERSHIP = Setting.choice(
            "mount.ownership",
            List.of("accept", "refuse", "keep"),
            "accept",
            "What chmod and chown do, of which iRODS has neither: succeed without effect, or fail with EPERM; `keep` keeps the"
                    + " permission bits of files and directories as AVUs (`irods.mode-attribute`), and chown has no effect.");
    public static final Setting MOUNT_ALLOW_OTHER =
            Setting.of("mount.allow-other", SWITCH, "false", "Let other users of this machine enter the mount.");
    public static final Setting MOUNT_USERS = Setting.of(
            "mount.users",
            TEXT,
            "",
            "Which iRODS user each user of this machine is: `alice=alice_lab, 1002=bob#otherZone, *=*` (everybody else by"
                    + " the same name), or the path of a file with a pair on each line. `irods.user` has to be an"
                    + " administrator then.");
    public static final Setting MOUNT_READ_AHEAD = Setting.of(
            "mount.read-ahead", SIZE, "1MiB", "What the kernel reads ahead; above 128KiB only root gets it.");
    public static final Setting MOUNT_PASS_THROUGH = Setting.of(
            "mount.pass-through",
            SWITCH,
            "true",
            "The kernel reads complete files itself, at the speed of the cache's disk; takes root and Linux 6.9.");
    public static final Setting MOUNT_UID =
            Setting.of("mount.uid", WHOLE_NUMBER, "", "Owner of all files; empty: who mounts.");
    public static final Setting MOUNT_GID =
            Setting.of("mount.gid", WHOLE_NUMBER, "", "Group of all files; empty: that of who mounts.");
    public static final Setting MOUNT_FILE_MODE = Setting.of(
            "mount.file-mode", OCTAL, "", "Permission bits of files; empty: 0644, on a read-only mount 0444.");
    public static final Setting MOUNT_DIRECTORY_MODE = Setting.of(
            "mount.directory-mode",
            OCTAL,
            "",
            "Permission bits of directories; empty: 0755, on a read-only mount 0555.");

    public static final Setting METRICS_PORT = Setting.of(
            "metrics.port",
            WHOLE_NUMBER,
            "0",
            "TCP port on the loopback interface for monitoring (docs/metrics.md); 0: none.");
    public static final Setting LOG_LEVEL = Setting.choice(
            "log.level", List.of("error", "warn", "info", "debug", "trace"), "info", "How much is logged.");
    public static final Setting LOG_FILE =
            Setting.of("log.file", PATH, "", "Log of a daemon; empty: a file named for the mount in the state folder.");

    private static final List<Setting> OWN = List.of(
            IRODS_HOST,
            IRODS_PORT,
            IRODS_ZONE,
            IRODS_USER,
            IRODS_PROXY_USER,
            IRODS_PROXY_ZONE,
            IRODS_AUTHENTICATION,
            IRODS_PASSWORD,
            IRODS_PASSWORD_FILE,
            IRODS_TICKET,
            IRODS_ENVIRONMENT_FILE,
            IRODS_AUTHENTICATION_FILE,
            IRODS_NEGOTIATION,
            IRODS_TLS_VERIFY,
            IRODS_TLS_CA_FILE,
            IRODS_CONNECT_TIMEOUT,
            IRODS_READ_TIMEOUT,
            IRODS_MAX_CONNECTIONS,
            IRODS_RESOURCE_HOSTS,
            IRODS_CHECKSUM,
            IRODS_LINK_ATTRIBUTE,
            IRODS_MODE_ATTRIBUTE,
            CACHE_DIRECTORY,
            CACHE_MAX_SIZE,
            CACHE_VERIFY_COMPLETE,
            CACHE_ATTRIBUTE_TTL,
            CACHE_LISTING_TTL,
            CACHE_NEGATIVE_TTL,
            CACHE_MAX_AGE_AT_OPEN,
            STAGING_DIRECTORY,
            STAGING_MAX_SIZE,
            STAGING_MAX_WAIT,
            STAGING_MAX_UPLOADS,
            STAGING_EARLY_UPLOAD,
            PREFETCH_ENABLED,
            PREFETCH_MAX_WINDOW,
            PREFETCH_SLIDES,
            PREFETCH_MERGE_GAP,
            PREFETCH_SIBLING_SIZE,
            MOUNT_DRIVER,
            MOUNT_READ_ONLY,
            MOUNT_OWNERSHIP,
            MOUNT_ALLOW_OTHER,
            MOUNT_USERS,
            MOUNT_READ_AHEAD,
            MOUNT_PASS_THROUGH,
            MOUNT_UID,
            MOUNT_GID,
            MOUNT_FILE_MODE,
            MOUNT_DIRECTORY_MODE,
            METRICS_PORT,
            LOG_LEVEL,
            LOG_FILE);

    private static final List<Setting> ALL = Stream.of(OWN, OmeroSettings.ALL, ActionSettings.ALL)
            .flatMap(List::stream)
            .toList();

    private Settings() {}

    /** All of them, in the order of the documentation. */
    public static List<Setting> all() {
        return ALL;
    }

    public static Optional<Setting> named(String name) {
        return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
    }
}
