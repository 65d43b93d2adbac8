package org.omerods.cli.mount;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.mount.UserMap.IrodsUser;
import org.omerods.storage.Collection;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.MeasuredStorage;
import org.omerods.storage.decorate.ReadOnlyStorage;
import org.omerods.storage.decorate.RetryPolicy;
import org.omerods.storage.decorate.RetryingStorage;
import org.omerods.storage.decorate.StorageMetrics;
import org.omerods.storage.irods.IrodsConfig;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.local.LocalStorage;

/** What is mounted: a collection of a place, decorated, logged in and found. */
public final class Source implements AutoCloseable {
    private static final String LOCAL = "file:";

    private final String name;
    private final String origin;
    private final Storage storage;
    private final StoragePath root;
    private final boolean readOnly;
    private final Supplier<Map<String, Object>> activity;

    private Source(
            String name,
            String origin,
            Storage storage,
            StoragePath root,
            boolean readOnly,
            Supplier<Map<String, Object>> activity) {
        this.readOnly = readOnly;
        this.name = name;
        this.origin = origin;
        this.storage = storage;
        this.root = root;
        this.activity = activity;
    }

    /**
     * Logs in and looks for the collection.
     *
     * @param text {@code /zone/home/alice}, or {@code file:/directory}
     */
    public static Source open(Configuration configuration, String text)
            throws ConfigurationException, StorageException {
        if (text.startsWith(LOCAL)) {
            Path directory = Path.of(text.substring(LOCAL.length()));
            boolean readOnly = configuration.isOn(Settings.MOUNT_READ_ONLY);
            return decorated(text, text, new LocalStorage(directory), StoragePath.ROOT, readOnly, Map::of);
        }
        if (!text.startsWith("/")) {
            throw new ConfigurationException("'" + text + "' is not an absolute path of a collection: write"
                    + " /zone/home/you, or file:/directory for a local tree");
        }
        IrodsConfig config = IrodsSettings.of(configuration);
        IrodsStorage irods = IrodsStorage.connect(config);
        try {
            var _ = irods.checkLogin();
            String name = "irods://" + config.account().user() + "@" + config.server() + text;
            boolean readOnly = configuration.isOn(Settings.MOUNT_READ_ONLY) || mayOnlyRead(configuration);
            return decorated(
                    name,
                    originOf(config),
                    irods,
                    StoragePath.of(text),
                    readOnly,
                    () -> Map.of("irods", irods.counters()));
        } catch (StorageException e) {
            irods.close();
            throw e;
        }
    }

    /**
     * The same collection as another iRODS user sees it; the one of this source acts for him and has to be an
     * administrator. Asks nobody yet.
     *
     * @throws IOException when the configuration cannot be used for that
     */
    Source onBehalfOf(Configuration configuration, IrodsUser user) throws IOException {
        IrodsConfig config;
        try {
            config = IrodsSettings.of(configuration).onBehalfOf(user.name(), user.zone());
        } catch (ConfigurationException e) {
            throw new IOException(e.getMessage(), e);
        }
        IrodsStorage irods = IrodsStorage.connect(config);
        StorageMetrics metrics = new StorageMetrics();
        String his = "irods://" + user + "@" + config.server() + root;
        return new Source(his, originOf(config), decorate(irods, metrics, readOnly), root, readOnly, () -> {
            return Map.of("storage", metrics.snapshot(), "irods", irods.counters());
        });
    }

    private static Storage decorate(Storage place, StorageMetrics metrics, boolean readOnly) {
        Storage retrying = new RetryingStorage(new MeasuredStorage(place, metrics), RetryPolicy.DEFAULT);
        return readOnly ? new ReadOnlyStorage(retrying) : retrying;
    }

    /** Rights are those of a user, or of whoever has a ticket: what a ticket gave is not found again by the next mount. */
    private static String originOf(IrodsConfig config) {
        String user = config.account().user() + "#" + config.account().zone();
        String ticket = config.account().ticket().isPresent() ? " ticket " + UUID.randomUUID() : "";
        return "irods://" + user + "@" + config.server() + ticket;
    }

    /** Tickets and anonymous logins are lent for reading: a mount that looks writable would only fail later. */
    private static boolean mayOnlyRead(Configuration configuration) {
        return configuration.isSet(Settings.IRODS_TICKET)
                || configuration.text(Settings.IRODS_USER).equals("anonymous")
                || configuration.text(Settings.IRODS_AUTHENTICATION).equals("anonymous");
    }

    private static Source decorated(
            String name,
            String origin,
            Storage place,
            StoragePath root,
            boolean readOnly,
            Supplier<Map<String, Object>> more)
            throws StorageException {
        StorageMetrics metrics = new StorageMetrics();
        Storage storage = decorate(place, metrics, readOnly);
        try {
            if (!(storage.stat(root) instanceof Collection)) {
                throw new StorageException(Reason.NOT_A_COLLECTION, "mount", root.value(), "is a data object");
            }
        } catch (StorageException e) {
            storage.close();
            throw e;
        }
        return new Source(name, origin, storage, root, readOnly, () -> {
            Map<String, Object> activity = new LinkedHashMap<>();
            activity.put("storage", metrics.snapshot());
            activity.putAll(more.get());
            return activity;
        });
    }

    /** As /proc/mounts and `status` show it; free of secrets. */
    public String name() {
        return name;
    }

    /** Whose view of which place it is: cached bytes are only for the same one. Free of secrets. */
    public String origin() {
        return origin;
    }

    /** Whether every change is to be refused. */
    public boolean isReadOnly() {
        return readOnly;
    }

    public Storage storage() {
        return storage;
    }

    public StoragePath root() {
        return root;
    }

    /** What was asked of the place so far, for `status`. */
    public Map<String, Object> activity() {
        return activity.get();
    }

    @Override
    public void close() {
        storage.close();
    }
}
