package org.omerods.zone.catalog;

import java.util.Optional;

/** Access levels, each of which includes those before it. */
public enum Permission {
    NULL(1000, "null"),
    READ_METADATA(1040, "read_metadata"),
    READ(1050, "read_object"),
    CREATE_METADATA(1070, "create_metadata"),
    MODIFY_METADATA(1080, "modify_metadata"),
    DELETE_METADATA(1090, "delete_metadata"),
    CREATE(1110, "create_object"),
    WRITE(1120, "modify_object"),
    DELETE(1130, "delete_object"),
    OWN(1200, "own");

    private final int level;
    private final String token;

    Permission(int level, String token) {
        this.level = level;
        this.token = token;
    }

    public int level() {
        return level;
    }

    public String token() {
        return token;
    }

    /** The permission that a client calls {@code name}; {@code read} and {@code write} are short names. */
    public static Optional<Permission> named(String name) {
        return switch (name) {
            case "read" -> Optional.of(READ);
            case "write" -> Optional.of(WRITE);
            default -> {
                for (Permission permission : values()) {
                    if (permission.token.equals(name)) {
                        yield Optional.of(permission);
                    }
                }
                yield Optional.empty();
            }
        };
    }
}
