package org.omerods.fs.block;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.omerods.storage.DataObject;
import org.omerods.storage.ObjectVersion;

/**
 * What bytes are filed under: the object version, and the path where the place numbers no objects, since there two small
 * files of the same second would be one.
 *
 * @param path empty where the version's id says which object it is
 */
record ContentKey(ObjectVersion version, String path) {

    static ContentKey of(DataObject object) {
        return new ContentKey(object.version(), object.id() == 0 ? object.path().value() : "");
    }

    /** The object, whatever its version: by number where there are numbers, since objects move. */
    record OfObject(long id, String path) {}

    OfObject object() {
        return new OfObject(version.id(), path);
    }

    /** A file name without surprises: the same for the same key in any process, so that files may outlive one. */
    String fileName() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
            return version.id() + "-" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
