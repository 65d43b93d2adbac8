// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.transfer;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ome.formats.importer.transfers.CleanupFailure;
import ome.formats.importer.transfers.FileTransfer;
import ome.formats.importer.transfers.TransferState;
import omero.ServerError;
import org.omerods.plugin.checksum.KnownChecksum;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code omero import --transfer=org.omerods.plugin.transfer.IrodsLink}: links a file like {@code ln_s}, and takes the
 * checksum that iRODS has of it where the algorithms meet, so that a slide is imported without being read. The linking is
 * OMERO's own; where anything is not as expected, the import is exactly that of {@code ln_s}. Thread-safe, as OMERO asks.
 */
public final class IrodsLink implements FileTransfer {
    private static final Logger log = LoggerFactory.getLogger(IrodsLink.class);

    private static final String SYMLINK = "ome.formats.importer.transfers.SymlinkFileTransfer";
    private static final String PROVIDER = "ome.util.checksum.ChecksumProvider";

    /** Of OMERO's TransferState: where its checksum provider is. */
    private static final String PROVIDER_FIELD = "cp";

    private static final String PROVIDER_SUFFIX = "ChecksumProviderImpl";

    private final FileTransfer symlink;

    /**
     * Called by OMERO's importer.
     *
     * @throws ReflectiveOperationException when OMERO's own transfer by link is not on the class path
     */
    public IrodsLink() throws ReflectiveOperationException {
        this(Class.forName(SYMLINK)
                .asSubclass(FileTransfer.class)
                .getDeclaredConstructor()
                .newInstance());
    }

    IrodsLink(FileTransfer symlink) {
        this.symlink = symlink;
    }

    @Override
    public String transfer(TransferState state) throws IOException, ServerError {
        try {
            askIrodsFirst(state);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            log.warn("the file is read for its checksum: {}", e.toString());
        }
        return symlink.transfer(state);
    }

    @Override
    public void afterTransfer(int errors, List<String> transferredFiles) throws CleanupFailure {
        symlink.afterTransfer(errors, transferredFiles);
    }

    private static void askIrodsFirst(TransferState state) throws ReflectiveOperationException {
        Field field = fieldOf(state.getClass());
        field.setAccessible(true);
        Object provider = field.get(state);
        if (provider == null) {
            return;
        }
        Optional<String> algorithm = algorithmOf(provider.getClass());
        if (algorithm.isPresent()) {
            Class<?> type = Class.forName(PROVIDER, false, provider.getClass().getClassLoader());
            field.set(state, KnownChecksum.inFrontOf(provider, type, algorithm.get()));
        }
    }

    private static Field fieldOf(Class<?> type) throws NoSuchFieldException {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(PROVIDER_FIELD)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException("this OMERO's TransferState has no field " + PROVIDER_FIELD);
    }

    /** {@code SHA1ChecksumProviderImpl} computes SHA1. */
    private static Optional<String> algorithmOf(Class<?> provider) {
        String name = provider.getSimpleName();
        return name.endsWith(PROVIDER_SUFFIX)
                ? Optional.of(name.substring(0, name.length() - PROVIDER_SUFFIX.length())
                        .toUpperCase(Locale.ROOT))
                : Optional.empty();
    }
}
