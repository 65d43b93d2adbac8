package org.omerods.cli.mount;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.Settings;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.cli.mount.UserMap.IrodsUser;
import org.omerods.fs.block.BlockCache;
import org.omerods.fs.block.BlockStore;
import org.omerods.fs.staging.Staging;
import org.omerods.fs.users.PerUserFilesystem;
import org.omerods.fs.users.UserView;
import org.omerods.fs.vfs.StorageFilesystem;

/**
 * A view for each user of this machine, with the rights of his iRODS user: the administrator that is logged in acts on
 * behalf of him. What is known of names and attributes, and staged files, are his own; fetched bytes are shared by those
 * whom iRODS lets read them.
 */
final class ServedToMany implements Served {
    private final Configuration configuration;
    private final Source source;
    private final Path mountPoint;
    private final UserMap users;
    private final BlockStore bytes;

    /** For what a person asks of the cache: with the administrator's own rights. */
    private final BlockCache ofAdministrator;

    private final Map<String, StorageFilesystem> open = new ConcurrentHashMap<>();
    private final PerUserFilesystem filesystem;

    private ServedToMany(Configuration configuration, Source source, Path mountPoint, UserMap users, BlockStore bytes) {
        this.configuration = configuration;
        this.source = source;
        this.mountPoint = mountPoint;
        this.users = users;
        this.bytes = bytes;
        this.ofAdministrator = bytes.cacheOfUser(source.storage(), _ -> {});
        this.filesystem = new PerUserFilesystem(this::viewOf);
    }

    static ServedToMany open(Configuration configuration, Source source, Path mountPoint)
            throws ConfigurationException, IOException {
        if (!configuration.isOn(Settings.MOUNT_ALLOW_OTHER)) {
            throw new ConfigurationException("mount.users is of use only with --allow-other: nobody else could enter");
        }
        if (!source.name().startsWith("irods://")) {
            throw new ConfigurationException("mount.users is about iRODS users: " + source.name() + " has none");
        }
        UserMap users = UserMap.parse(
                configuration.text(Settings.MOUNT_USERS), configuration.text(Settings.IRODS_ZONE), UserMap.SYSTEM);
        BlockStore bytes = FilesystemSettings.sharedBytes(configuration, mountPoint, source);
        return new ServedToMany(configuration, source, mountPoint, users, bytes);
    }

    private Optional<UserView> viewOf(int uid) throws IOException {
        Optional<IrodsUser> user = users.of(uid);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        String name = user.get().toString();
        Source own = source.onBehalfOf(configuration, user.get());
        StorageFilesystem view;
        try {
            view = StorageFilesystem.createForUser(
                    own.storage(),
                    own.root(),
                    FilesystemSettings.ofUser(configuration, mountPoint, own, uid),
                    Ticker.systemTicker(),
                    bytes);
        } catch (IOException | RuntimeException e) {
            own.close();
            throw e;
        }
        open.put(name, view);
        return Optional.of(new UserView(name, view, () -> {
            open.remove(name, view);
            view.close();
            own.close();
        }));
    }

    @Override
    public PerUserFilesystem filesystem() {
        return filesystem;
    }

    @Override
    public Map<String, Object> activity() {
        Map<String, Object> views = new TreeMap<>();
        open.forEach((name, view) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("metadata", view.statistics().metadata());
            view.staging().ifPresent(staging -> one.put("staging", staging.status()));
            views.put(name, one);
        });
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("filesystem", Map.of("blocks", bytes.statistics(), "prefetch", bytes.prefetchStatistics()));
        all.put("users", views);
        all.putAll(source.activity());
        return all;
    }

    @Override
    public Map<String, Staging> stagings() {
        Map<String, Staging> all = new TreeMap<>();
        open.forEach((name, view) -> view.staging().ifPresent(staging -> all.put(name, staging)));
        return all;
    }

    @Override
    public ControlServer.Handler cache() {
        return new CacheRequests(ofAdministrator.maintenance(), source.storage(), source.root());
    }

    @Override
    public void close() {
        filesystem.close();
        ofAdministrator.close();
        bytes.close();
    }
}
