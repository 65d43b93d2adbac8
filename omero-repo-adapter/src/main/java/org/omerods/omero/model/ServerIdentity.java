package org.omerods.omero.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Names that are unique in the world for the objects of one OMERO server, which itself only numbers them.
 *
 * @param databaseUuid of the server's database, from its configuration table
 * @param authority first part of every LSID, {@code omero.db.authority} on the server
 */
public record ServerIdentity(UUID databaseUuid, String authority) {
    /** What a server uses that was not told otherwise. */
    public static final String DEFAULT_AUTHORITY = "export.openmicroscopy.org";

    private static final int VERSION_5 = 5;

    public ServerIdentity {
        if (!authority.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("omero.lsid-authority " + authority + " is no host name");
        }
    }

    /** The LSID without the version of the object, as OMERO's own exports write it. */
    public String lsid(String type, long id) {
        return prefix(type) + id;
    }

    /** The number in an LSID of this server and type; empty for any other text. */
    public OptionalLong idOf(String type, String lsid) {
        String prefix = prefix(type);
        String number = lsid.startsWith(prefix) ? lsid.substring(prefix.length()) : "";
        return number.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(number)) : OptionalLong.empty();
    }

    /** A name-based UUID (RFC 9562, version 5) in the name space of the database: {@code Image:42}. */
    public UUID uuid(String type, long id) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
        sha1.update(ByteBuffer.allocate(16)
                .putLong(databaseUuid.getMostSignificantBits())
                .putLong(databaseUuid.getLeastSignificantBits())
                .array());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest((type + ":" + id).getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~0xf000L) | VERSION_5 << 12;
        long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private String prefix(String type) {
        return "urn:lsid:" + authority + ":" + type + ":" + databaseUuid + "_";
    }
}
