package org.omerods.omero.model;

/**
 * An experimenter group.
 *
 * @param permissions bits as OMERO keeps them, a negative number with all unused bits set; those of the group decide, not
 *     those that its objects carry
 */
public record Group(long id, String name, long permissions) {
    private static final long GROUP_READ = 64;

    /** Whether members see only what is their own. */
    public boolean isPrivate() {
        return (permissions & GROUP_READ) == 0;
    }
}
