package org.omerods.cli.companion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.omerods.cli.config.ActionSettings;
import org.omerods.cli.config.Configuration;
import org.omerods.cli.config.ConfigurationException;
import org.omerods.cli.config.OmeroSettings;
import org.omerods.cli.config.Setting;
import org.omerods.cli.daemon.StateFolder;
import org.omerods.cli.mount.IrodsSettings;
import org.omerods.omero.database.DatabaseConfig;
import org.omerods.omero.database.OmeroDatabase;
import org.omerods.omero.imports.ImportAttributes;
import org.omerods.omero.imports.ImportPolicy;
import org.omerods.omero.imports.ImportRunner;
import org.omerods.omero.imports.ImportSettings;
import org.omerods.omero.imports.ImportedFilesets;
import org.omerods.omero.imports.SqlImportedFilesets;
import org.omerods.omero.links.MountPaths;
import org.omerods.omero.links.MountPoint;
import org.omerods.omero.model.ManagedFiles;
import org.omerods.omero.promotion.PromotionPlace;
import org.omerods.omero.promotion.PromotionPolicy;
import org.omerods.omero.remote.OmeroProgram;
import org.omerods.omero.remote.ProgramConfig;
import org.omerods.storage.Storage;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;
import org.omerods.storage.decorate.RetryPolicy;
import org.omerods.storage.decorate.RetryingStorage;
import org.omerods.storage.irods.IrodsStorage;
import org.omerods.storage.irods.session.Secret;

/** Makes the parts that the commands of the companion share. What a setting lacks is named, with what to write there. */
public final class CompanionParts implements AutoCloseable {
    private static final Path STANDARD_REPOSITORY = Path.of("/OMERO/ManagedRepository");

    private final Configuration configuration;
    private final Storage storage;
    private final Optional<OmeroDatabase> database;

    private CompanionParts(Configuration configuration, Storage storage, Optional<OmeroDatabase> database) {
        this.configuration = configuration;
        this.storage = storage;
        this.database = database;
    }

    /** Logs in to iRODS; the database, where one is configured, is connected when it is asked. */
    public static CompanionParts open(Configuration configuration) throws ConfigurationException, StorageException {
        Optional<OmeroDatabase> database = configuration.isSet(OmeroSettings.OMERO_DATABASE_URL)
                ? Optional.of(openDatabase(configuration))
                : Optional.empty();
        IrodsStorage irods = IrodsStorage.connect(IrodsSettings.of(configuration));
        try {
            var _ = irods.checkLogin();
        } catch (StorageException e) {
            irods.close();
            throw e;
        }
        return new CompanionParts(configuration, new RetryingStorage(irods, RetryPolicy.DEFAULT), database);
    }

    private static OmeroDatabase openDatabase(Configuration configuration) throws ConfigurationException {
        try {
            return OmeroDatabase.open(DatabaseConfig.of(
                    configuration.text(OmeroSettings.OMERO_DATABASE_URL),
                    configuration.text(OmeroSettings.OMERO_DATABASE_USER),
                    configuration.isSet(OmeroSettings.OMERO_DATABASE_PASSWORD)
                            ? configuration.text(OmeroSettings.OMERO_DATABASE_PASSWORD)
                            : password(configuration, OmeroSettings.OMERO_DATABASE_PASSWORD_FILE)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    public Storage storage() {
        return storage;
    }

    /** The mounts through which OMERO sees iRODS. */
    public MountPaths mounts() throws ConfigurationException {
        String text = configuration.text(OmeroSettings.OMERO_MOUNTS);
        try {
            return new MountPaths(ManagedFiles.parseMounts(text).stream()
                    .map(mount -> new MountPoint(mount.collection(), Path.of(mount.directory())))
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "omero.mounts is '" + text + "': " + e.getMessage() + "; write where OMERO sees iRODS, a directory"
                            + " and a collection, such as /irods/tempZone=/tempZone, with commas between several",
                    e);
        }
    }

    public Path repository() {
        return configuration.path(OmeroSettings.OMERO_MANAGED_REPOSITORY).orElse(STANDARD_REPOSITORY);
    }

    public String prefix() {
        return configuration.text(OmeroSettings.OMERO_PREFIX);
    }

    public ImportAttributes importAttributes() {
        return new ImportAttributes(prefix());
    }

    public ImportSettings importSettings() throws ConfigurationException {
        try {
            return new ImportSettings(
                    words(ActionSettings.IMPORT_SKIP),
                    configuration.duration(ActionSettings.IMPORT_TIMEOUT),
                    configuration.number(ActionSettings.IMPORT_PARALLEL));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    public ImportRunner importRunner() throws ConfigurationException, IOException {
        ImportPolicy policy = new ImportPolicy(
                configuration.text(ActionSettings.IMPORT_DEFAULT_USER), words(ActionSettings.IMPORT_ALLOWED_USERS));
        ImportedFilesets known =
                database.<ImportedFilesets>map(SqlImportedFilesets::new).orElse(ImportedFilesets.UNKNOWN);
        try {
            ProgramConfig program = new ProgramConfig(
                    configuration.text(ActionSettings.OMERO_PROGRAM),
                    configuration.text(ActionSettings.OMERO_HOST),
                    configuration.number(ActionSettings.OMERO_PORT),
                    configuration.text(ActionSettings.OMERO_USER),
                    Secret.of(omeroPassword()),
                    StateFolder.open(System.getenv()).path().resolve("omero"));
            return new ImportRunner(new OmeroProgram(program), importSettings(), policy, mounts(), known);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Of the service account; empty where none is configured. */
    String omeroPassword() throws ConfigurationException {
        return password(configuration, ActionSettings.OMERO_PASSWORD_FILE);
    }

    public PromotionPlace promotionPlace() throws ConfigurationException {
        String collection = configuration.text(ActionSettings.PROMOTION_COLLECTION);
        if (!collection.startsWith("/")) {
            throw new ConfigurationException("promotion.collection is not set: name the collection below which files of"
                    + " OMERO shall lie, such as /tempZone/home/omero/repository");
        }
        try {
            return new PromotionPlace(repository(), StoragePath.of(collection), mounts(), prefix());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
    }

    public PromotionPolicy promotionPolicy() {
        return new PromotionPolicy(
                configuration.duration(ActionSettings.PROMOTION_MIN_AGE),
                configuration.size(ActionSettings.PROMOTION_MIN_SIZE),
                Set.copyOf(words(ActionSettings.PROMOTION_GROUPS)));
    }

    public OmeroDatabase database() throws ConfigurationException {
        return database.orElseThrow(
                () -> new ConfigurationException("omero.database-url is not set: only OMERO's database"
                        + " tells which imports are complete; write jdbc:postgresql://host:5432/omero"));
    }

    List<String> words(Setting setting) {
        return Stream.of(configuration.text(setting).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static String password(Configuration configuration, Setting setting) throws ConfigurationException {
        Optional<Path> file = configuration.path(setting);
        if (file.isEmpty()) {
            return "";
        }
        try {
            return Files.readString(file.get()).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new ConfigurationException(
                    setting.name() + " " + file.get() + " cannot be read (" + e + "); its first line is the password",
                    e);
        }
    }

    @Override
    public void close() {
        storage.close();
        database.ifPresent(OmeroDatabase::close);
    }
}
