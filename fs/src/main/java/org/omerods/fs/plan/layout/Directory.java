package org.omerods.fs.plan.layout;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A directory of a TIFF: the tags of one image. Immutable.
 *
 * @param root number in the chain of the directory that it is or hangs below
 * @param sub whether it hangs below another one
 * @param fields by tag
 * @param next offset of the next one in the chain, 0 for none
 */
record Directory(int root, boolean sub, Map<Integer, Field> fields, long next) {
    Directory {
        fields = Map.copyOf(fields);
    }

    Optional<Field> field(int tag) {
        return Optional.ofNullable(fields.get(tag));
    }

    boolean has(int tag) {
        return fields.containsKey(tag);
    }

    /** A single number that stands in the directory itself; empty when it is missing, or is something else. */
    OptionalLong number(int tag, FileBytes bytes) {
        Field field = fields.get(tag);
        return field != null && field.isNumbers(1) && bytes.covers(field.at(), field.bytes())
                ? OptionalLong.of(field.number(bytes, 0))
                : OptionalLong.empty();
    }

    /** How many bytes the directory at an offset has; REFUSED entries give 0. */
    static long length(FileBytes bytes, TiffDialect dialect, long offset) {
        long entries = bytes.number(offset, dialect.numberBytes);
        return entries < 1 || entries > LayoutLimits.MAX_ENTRIES ? 0 : dialect.directoryBytes(entries);
    }

    /** Reads a directory all of whose bytes are here; entries of unknown types are left out. */
    static Directory read(FileBytes bytes, TiffDialect dialect, long offset, int root, boolean sub) {
        int entries = (int) bytes.number(offset, dialect.numberBytes);
        long table = offset + dialect.numberBytes;
        long pointer = table + (long) entries * dialect.entryBytes;
        Map<Integer, Field> fields = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            long entry = table + (long) i * dialect.entryBytes;
            long highAt = pointer + dialect.pointerBytes + 4L * i;
            long high = dialect.highWords ? bytes.number(highAt, 4) : 0;
            field(bytes, dialect, entry, high)
                    .ifPresent(field -> fields.putIfAbsent((int) bytes.number(entry, 2), field));
        }
        return new Directory(root, sub, fields, bytes.number(pointer, dialect.pointerBytes));
    }

    private static Optional<Field> field(FileBytes bytes, TiffDialect dialect, long entry, long high) {
        int type = (int) bytes.number(entry + 2, 2);
        long count = bytes.number(entry + TiffDialect.COUNT_AT, dialect.countBytes());
        int width = TiffType.bytes(type);
        if (width == 0 || count < 1 || count > bytes.size()) {
            return Optional.empty();
        }
        long valueAt = entry + TiffDialect.COUNT_AT + dialect.countBytes();
        boolean inside = count * width <= dialect.valueBytes && !(dialect.highWords && type == TiffType.ASCII);
        if (inside) {
            return Optional.of(new Field(type, count, valueAt, count == 1 ? high : 0));
        }
        long at = bytes.number(valueAt, dialect.valueBytes) + (high << 32);
        return at < 0 || at > bytes.size() - count * width
                ? Optional.empty()
                : Optional.of(new Field(type, count, at, 0));
    }
}
