package org.omerods.fs.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what an earlier process left in a cache directory. Block files whose index is missing, damaged, of another format,
 * block size or origin are removed, as are attachments without a block file: nobody can say what is right in them.
 */
final class Restoration {
    private static final Logger log = LoggerFactory.getLogger(Restoration.class);

    private final CacheDirectory directory;
    private final BlockCacheConfig config;

    /** The names, without what comes behind the key, of the versions that were found. */
    private final Map<String, CachedFile> found = new HashMap<>();

    private int removed;

    Restoration(CacheDirectory directory, BlockCacheConfig config) {
        this.directory = directory;
        this.config = config;
    }

    /**
     * The files by what they hold, the longest unwritten first.
     *
     * @param makeFile the bookkeeping of a version whose block file is there
     */
    List<CachedFile> run(BiFunction<ContentKey, BlockFile, CachedFile> makeFile) throws IOException {
        List<Path> indexes = directory.files(BlockIndex.SUFFIX).stream()
                .sorted(Comparator.comparingLong(Restoration::modified))
                .toList();
        List<CachedFile> files = indexes.stream()
                .flatMap(index -> restore(index, makeFile).stream())
                .toList();
        removeOrphans();
        attach();
        if (!files.isEmpty() || removed > 0) {
            log.info(
                    "Found the blocks of {} objects in {}; {} unusable files removed",
                    files.size(),
                    directory.path(),
                    removed);
        }
        return files;
    }

    private Optional<CachedFile> restore(Path index, BiFunction<ContentKey, BlockFile, CachedFile> makeFile) {
        try {
            Optional<BlockIndex> opened = BlockIndex.open(index);
            if (opened.isEmpty() || !usable(opened.get())) {
                remove(index);
                if (opened.isPresent()) {
                    opened.get().close();
                }
                return Optional.empty();
            }
            ContentKey key = opened.get().header().key();
            BlockFile blocks = BlockFile.open(blocksOf(index), opened.get());
            CachedFile file = makeFile.apply(key, blocks);
            file.restore(blocks.index());
            found.put(key.fileName(), file);
            return Optional.of(file);
        } catch (IOException e) {
            log.warn("{} cannot be used: {}", index, e.toString());
            return Optional.empty();
        }
    }

    private boolean usable(BlockIndex index) {
        IndexHeader header = index.header();
        return header.origin().equals(config.origin())
                && header.blockBytes() == config.blockBytes()
                && header.key().version().size() > 0
                && Files.exists(blocksOf(index.path()))
                && !found.containsKey(header.key().fileName());
    }

    private static Path blocksOf(Path index) {
        String name = index.getFileName().toString();
        return index.resolveSibling(name.substring(0, name.length() - BlockIndex.SUFFIX.length()) + BlockFile.SUFFIX);
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException _) {
            return 0;
        }
    }

    /** Block files without an index: of another format, or of versions that were replaced while somebody read them. */
    private void removeOrphans() throws IOException {
        for (Path blocks : directory.files(BlockFile.SUFFIX)) {
            if (!Files.exists(BlockFile.indexOf(blocks))) {
                remove(blocks);
            }
        }
    }

    private void attach() throws IOException {
        for (Path attachment : directory.files(AttachmentFiles.SUFFIX)) {
            String[] parts = attachment.getFileName().toString().split("\\.");
            CachedFile owner = found.get(parts[0]);
            if (owner == null || parts.length != 3) {
                remove(attachment);
            } else {
                owner.attachments().adopt(parts[1], Files.size(attachment) - AttachmentFiles.HEADER_BYTES);
            }
        }
    }

    private void remove(Path file) throws IOException {
        Files.deleteIfExists(file);
        removed++;
    }
}
