package org.omerods.zone.catalog;

/** A user or group of the catalog. */
public record User(long id, String name, String zone, String type) {
    /** The type of administrators. */
    public static final String ADMINISTRATOR = "rodsadmin";

    /** The type of everybody else. */
    public static final String PLAIN = "rodsuser";

    /** The type of groups. */
    public static final String GROUP = "rodsgroup";

    public boolean isAdministrator() {
        return type.equals(ADMINISTRATOR);
    }
}
