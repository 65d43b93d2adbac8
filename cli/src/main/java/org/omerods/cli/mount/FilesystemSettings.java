package org.omerods.cli.mount;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.Setting;
import org.omerods.cli.config.Settings;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.fs.block.BlockCacheConfig;
import org.omerods.fs.block.BlockStore;
import org.omerods.fs.meta.MetadataCacheConfig;
import org.omerods.fs.plan.PrefetchConfig;
import org.omerods.fs.plan.SlideConfig;
import org.omerods.fs.staging.StagingConfig;
import org.omerods.fs.vfs.FilesystemConfig;
import org.omerods.fs.vfs.PresentationConfig;
import org.omerods.fs.vfs.WritingConfig;
import org.omerods.fs.vfs.WritingConfig.OwnershipChanges;

/** From the settings to the filesystem's own configuration. */
final class FilesystemSettings {
    private static final int OPEN_FILE_PERMISSIONS = 0666;
    private static final int OPEN_DIRECTORY_PERMISSIONS = 0777;

    private FilesystemSettings() {}

    /**
     * @throws IOException when no folder for the block files can be made
     */
    static FilesystemConfig of(Configuration configuration, Path mountPoint, Source source) throws IOException {
        return in(
                configuration,
                StateFolder.nameOf(mountPoint),
                source,
                presentation(configuration, source.isReadOnly()));
    }

    /** The block files that several users share: what is in them is given to each as far as iRODS lets him read it. */
    static BlockStore sharedBytes(Configuration configuration, Path mountPoint, Source source) throws IOException {
        String folder = StateFolder.nameOf(mountPoint) + "-users";
        return BlockStore.open(
                blocks(configuration, folder, "users of " + source.origin()),
                prefetch(configuration),
                Ticker.systemTicker());
    }

    /**
     * Of one of several users: a folder of his own for what he writes, and all files are his. The bits let everybody through, since iRODS
     * decides what he may.
     */
    static FilesystemConfig ofUser(Configuration configuration, Path mountPoint, Source source, int uid)
            throws IOException {
        PresentationConfig presentation = new PresentationConfig(
                uid,
                presentation(configuration, source.isReadOnly()).gid(),
                numberOr(configuration, Settings.MOUNT_FILE_MODE, OPEN_FILE_PERMISSIONS),
                numberOr(configuration, Settings.MOUNT_DIRECTORY_MODE, OPEN_DIRECTORY_PERMISSIONS));
        return in(configuration, folderOfUser(mountPoint, source), source, presentation);
    }

    private static FilesystemConfig in(
            Configuration configuration, String folder, Source source, PresentationConfig presentation)
            throws IOException {
        FilesystemConfig reading = new FilesystemConfig(
                metadata(configuration),
                blocks(configuration, folder, source.origin()),
                prefetch(configuration),
                presentation);
        return source.isReadOnly() ? reading : reading.withWriting(writing(configuration, folder, source));
    }

    /** Where the mount of a source at a mount point has what was written, or had it. */
    static StagingConfig stagingOf(Configuration configuration, Path mountPoint, Source source) {
        String folder = StateFolder.nameOf(mountPoint);
        String ofUser = folderOfUser(mountPoint, source);
        Path all = StagingFolder.of(configuration, System.getenv());
        boolean onlyOfUser = !Files.isDirectory(all.resolve(folder)) && Files.isDirectory(all.resolve(ofUser));
        return staging(configuration, onlyOfUser ? ofUser : folder, source);
    }

    private static String folderOfUser(Path mountPoint, Source source) {
        return StateFolder.nameOf(mountPoint) + "-" + StateFolder.nameOf(Path.of("/", source.origin()));
    }

    private static StagingConfig staging(Configuration configuration, String folder, Source source) {
        Path directory = StagingFolder.of(configuration, System.getenv()).resolve(folder);
        return new StagingConfig(
                directory,
                source.origin(),
                configuration.size(Settings.STAGING_MAX_SIZE),
                configuration.duration(Settings.STAGING_MAX_WAIT),
                configuration.number(Settings.STAGING_MAX_UPLOADS),
                configuration.size(Settings.STAGING_EARLY_UPLOAD),
                StagingConfig.DEFAULT_FIRST_RETRY,
                StagingConfig.DEFAULT_MAX_RETRY);
    }

    private static WritingConfig writing(Configuration configuration, String folder, Source source) {
        OwnershipChanges ownership = OwnershipChanges.valueOf(
                configuration.text(Settings.MOUNT_OWNERSHIP).toUpperCase(Locale.ROOT));
        return new WritingConfig(staging(configuration, folder, source), ownership);
    }

    private static MetadataCacheConfig metadata(Configuration configuration) {
        return new MetadataCacheConfig(
                configuration.duration(Settings.CACHE_ATTRIBUTE_TTL),
                configuration.duration(Settings.CACHE_LISTING_TTL),
                configuration.duration(Settings.CACHE_NEGATIVE_TTL),
                configuration.duration(Settings.CACHE_MAX_AGE_AT_OPEN),
                MetadataCacheConfig.DEFAULT_MAX_ENTRIES,
                MetadataCacheConfig.DEFAULT_MAX_LISTING_ENTRIES);
    }

    private static BlockCacheConfig blocks(Configuration configuration, String folder, String origin)
            throws IOException {
        Path directory = CacheFolder.of(configuration, System.getenv()).resolve(folder);
        return BlockCacheConfig.in(directory)
                .withMaxBytes(configuration.size(Settings.CACHE_MAX_SIZE))
                .withOrigin(origin)
                .withVerifyComplete(configuration.isOn(Settings.CACHE_VERIFY_COMPLETE));
    }

    private static PrefetchConfig prefetch(Configuration configuration) {
        PrefetchConfig defaults = PrefetchConfig.DEFAULTS;
        if (!configuration.isOn(Settings.PREFETCH_ENABLED)) {
            return PrefetchConfig.OFF;
        }
        return new PrefetchConfig(
                defaults.sequentialAfterBytes(),
                defaults.initialWindowBytes(),
                configuration.size(Settings.PREFETCH_MAX_WINDOW),
                defaults.maxStrides(),
                defaults.maxBytesInFlight(),
                defaults.maxBytesInFlightPerObject(),
                slides(configuration),
                defaults.siblings().withMaxFileBytes(configuration.size(Settings.PREFETCH_SIBLING_SIZE)));
    }

    private static SlideConfig slides(Configuration configuration) {
        return configuration.isOn(Settings.PREFETCH_SLIDES)
                ? SlideConfig.DEFAULTS.withMergeGapBytes(configuration.size(Settings.PREFETCH_MERGE_GAP))
                : SlideConfig.OFF;
    }

    private static PresentationConfig presentation(Configuration configuration, boolean readOnly) {
        PresentationConfig own = PresentationConfig.ofThisProcess();
        return new PresentationConfig(
                numberOr(configuration, Settings.MOUNT_UID, own.uid()),
                numberOr(configuration, Settings.MOUNT_GID, own.gid()),
                numberOr(
                        configuration,
                        Settings.MOUNT_FILE_MODE,
                        readOnly
                                ? PresentationConfig.DEFAULT_FILE_PERMISSIONS
                                : PresentationConfig.WRITABLE_FILE_PERMISSIONS),
                numberOr(
                        configuration,
                        Settings.MOUNT_DIRECTORY_MODE,
                        readOnly
                                ? PresentationConfig.DEFAULT_DIRECTORY_PERMISSIONS
                                : PresentationConfig.WRITABLE_DIRECTORY_PERMISSIONS));
    }

    private static int numberOr(Configuration configuration, Setting setting, int standard) {
        return configuration.isSet(setting) ? configuration.number(setting) : standard;
    }
}
