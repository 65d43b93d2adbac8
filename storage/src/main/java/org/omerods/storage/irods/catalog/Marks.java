package org.omerods.storage.irods.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.omerods.storage.irods.catalog.Condition.Equal;
import org.omerods.storage.irods.catalog.Condition.OneOf;

/**
 * The triples that say what a data object stands for: a symbolic link, by its target, and permission bits, as octal digits.
 * They are asked for by one query, which knows of permission bits only where they are kept. Those of collections need a query
 * of their own, which is asked nowhere else. Immutable.
 *
 * @param linkAttribute of the triple whose value is the target of a link
 * @param modeAttribute of the triple whose value are permission bits; empty: they are not kept
 */
public record Marks(String linkAttribute, Optional<String> modeAttribute) {
    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,6}");
    private static final int PERMISSIONS = 0777;

    public Marks {
        requireNonNull(linkAttribute, "linkAttribute");
        requireNonNull(modeAttribute, "modeAttribute");
    }

    /** @throws IllegalArgumentException when one query cannot ask for both */
    public static void requireAskedTogether(String linkAttribute, String modeAttribute) {
        if (linkAttribute.equals(modeAttribute)) {
            throw new IllegalArgumentException(
                    "links and modes need attributes of their own, both are " + linkAttribute);
        }
        if (!OneOf.isPlain(linkAttribute) || !OneOf.isPlain(modeAttribute)) {
            throw new IllegalArgumentException(
                    "to keep modes, the attributes of links and modes may be of letters, digits and :._/ - only: "
                            + linkAttribute + ", " + modeAttribute);
        }
    }

    /** Columns and the condition on the attribute; that on the objects is missing. */
    Query query() {
        return modeAttribute.isEmpty()
                ? Query.select(Column.DATA_ID, Column.META_DATA_ATTR_VALUE)
                        .where(Column.META_DATA_ATTR_NAME, new Equal(linkAttribute))
                : Query.select(Column.DATA_ID, Column.META_DATA_ATTR_VALUE, Column.META_DATA_ATTR_NAME)
                        .where(Column.META_DATA_ATTR_NAME, new OneOf(List.of(linkAttribute, modeAttribute.get())));
    }

    /** The same of collections; empty where nothing is kept of them. */
    Optional<Query> collectionQuery() {
        return modeAttribute.map(attribute ->
                Query.select(Column.COLL_ID, Column.META_COLL_ATTR_VALUE).where(Column.META_COLL_ATTR_NAME, attribute));
    }

    /** Whether a row of the query is of a link; else it is of permission bits. */
    boolean isLink(Row row) {
        return modeAttribute.isEmpty() || row.get(Column.META_DATA_ATTR_NAME).equals(linkAttribute);
    }

    /** The value of the triple. */
    static String text(int permissions) {
        return String.format("%04o", permissions);
    }

    /** What a value says, of which somebody else may have written anything; nothing but the nine bits is kept. */
    static OptionalInt permissions(String value) {
        return OCTAL.matcher(value).matches()
                ? OptionalInt.of(Integer.parseInt(value, 8) & PERMISSIONS)
                : OptionalInt.empty();
    }
}
