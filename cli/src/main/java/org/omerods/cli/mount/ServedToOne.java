package org.omerods.cli.mount;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.daemon.ControlServer;
import org.omerods.fs.staging.Staging;
import org.omerods.fs.vfs.StorageFilesystem;

/** One view for everybody who may enter: that of the iRODS user that is logged in. */
record ServedToOne(StorageFilesystem filesystem, Source source) implements Served {
    static ServedToOne open(Configuration configuration, Source source, Path mountPoint) throws IOException {
        return new ServedToOne(
                StorageFilesystem.create(
                        source.storage(),
                        source.root(),
                        FilesystemSettings.of(configuration, mountPoint, source),
                        Ticker.systemTicker()),
                source);
    }

    @Override
    public Map<String, Object> activity() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("filesystem", filesystem.statistics());
        filesystem.staging().ifPresent(staging -> all.put("staging", staging.status()));
        all.putAll(source.activity());
        return all;
    }

    @Override
    public Map<String, Staging> stagings() {
        return filesystem.staging().map(staging -> Map.of("", staging)).orElse(Map.of());
    }

    @Override
    public ControlServer.Handler cache() {
        return new CacheRequests(filesystem.cache(), source.storage(), source.root());
    }

    @Override
    public void close() {
        filesystem.close();
    }
}
