package org.omerods.cli.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.OmeroSettings;
import org.omerods.cli.config.Settings;
import org.omerods.cli.metrics.MetricCatalogue;
import org.omerods.cli.metrics.MonitoringServer;
import org.omerods.omero.sync.Companion;
import org.omerods.omero.sync.SyncStatus;
import org.omerods.omero.wake.WakeSocket;

/** Where a companion can be reached: by OMERO's plugin, which wakes it, and by monitoring. As far as ports are set. */
public final class CompanionListeners implements AutoCloseable {
    private final Optional<WakeSocket> wake;
    private final Optional<MonitoringServer> monitoring;

    private CompanionListeners(Optional<WakeSocket> wake, Optional<MonitoringServer> monitoring) {
        this.wake = wake;
        this.monitoring = monitoring;
    }

    /**
     * Starts listening.
     *
     * @throws IOException when a port or the token cannot be used; the message names the setting
     */
    public static CompanionListeners open(Configuration configuration, Companion companion, SyncStatus status)
            throws IOException, ConfigurationException {
        Optional<WakeSocket> wake = wake(configuration, companion);
        try {
            return new CompanionListeners(wake, monitoring(configuration, status));
        } catch (IOException e) {
            wake.ifPresent(WakeSocket::close);
            throw e;
        }
    }

    private static Optional<WakeSocket> wake(Configuration configuration, Companion companion)
            throws IOException, ConfigurationException {
        int port = configuration.number(OmeroSettings.OMERO_WAKE_PORT);
        if (port == 0) {
            return Optional.empty();
        }
        Path token = configuration
                .path(OmeroSettings.OMERO_WAKE_TOKEN_FILE)
                .orElseThrow(() -> new ConfigurationException("omero.wake-port is set and omero.wake-token-file is not:"
                        + " make one with `openssl rand -hex 16`, for the plugin and for this"));
        return Optional.of(WakeSocket.open(port, token, companion::wake));
    }

    private static Optional<MonitoringServer> monitoring(Configuration configuration, SyncStatus status)
            throws IOException {
        int port = configuration.number(Settings.METRICS_PORT);
        return port == 0
                ? Optional.empty()
                : Optional.of(MonitoringServer.start(
                        port, "OMERODS companion", MetricCatalogue.SYNC, Map.of(), status::snapshot));
    }

    @Override
    public void close() {
        wake.ifPresent(WakeSocket::close);
        monitoring.ifPresent(MonitoringServer::close);
    }
}
