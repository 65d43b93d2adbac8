package org.omerods.omero.annotate;

/**
 * An image of OMERO.
 *
 * @param id its number
 * @param group number of its group; {@link #ANY_GROUP} where it is not known, which finds images of all groups that the
 *     service account is in
 */
public record ImageReference(long id, long group) {
    public static final long ANY_GROUP = -1;

    public ImageReference {
        if (id < 0 || group < ANY_GROUP) {
            throw new IllegalArgumentException("image " + id + " of group " + group);
        }
    }

    @Override
    public String toString() {
        return "Image:" + id;
    }
}
