package org.omerods.omero.mapping;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.omerods.omero.model.Annotation;

/**
 * What of an OMERO server is shown in iRODS.
 *
 * @param prefix begin of every attribute, {@code omero::}
 * @param webBase address of OMERO.web without a slash at its end; empty when there is none
 * @param groups whose things are shown
 * @param terms what is said about an object
 * @param hiddenNamespaces annotations whose namespace begins like one of these are not shown
 * @param maxImages images that one object lists at most: a plate of thousands would make thousands of triples on each of
 *     its files, at two milliseconds for each
 * @param bisque whether the names that BisQue's importer writes are written too
 */
public record MirrorPolicy(
        String prefix,
        String webBase,
        GroupPolicy groups,
        Set<Term> terms,
        List<String> hiddenNamespaces,
        int maxImages,
        boolean bisque) {
    public static final String DEFAULT_PREFIX = "omero::";
    public static final int DEFAULT_MAX_IMAGES = 100;

    /** What the companion itself writes into OMERO. Never shown, whatever is configured: it came from iRODS. */
    public static final String OWN_NAMESPACE = "irods.org/omero/";

    /** Notes of the importer for itself. */
    public static final String IMPORT_NAMESPACE = "openmicroscopy.org/omero/import/";

    public static final MirrorPolicy DEFAULT = new MirrorPolicy(
            DEFAULT_PREFIX,
            "",
            new GroupPolicy.Shared(),
            EnumSet.allOf(Term.class),
            List.of(IMPORT_NAMESPACE),
            DEFAULT_MAX_IMAGES,
            false);

    public MirrorPolicy {
        if (prefix.isBlank() || prefix.length() > 100) {
            throw new IllegalArgumentException("omero.prefix must have 1 to 100 characters, such as omero::");
        }
        if (maxImages < 1) {
            throw new IllegalArgumentException("omero.max-images " + maxImages + " is less than 1");
        }
        webBase = webBase.endsWith("/") ? webBase.substring(0, webBase.length() - 1) : webBase;
        terms = Set.copyOf(terms);
        hiddenNamespaces = List.copyOf(hiddenNamespaces);
    }

    public MirrorPolicy withWebBase(String address) {
        return new MirrorPolicy(prefix, address, groups, terms, hiddenNamespaces, maxImages, bisque);
    }

    public MirrorPolicy withGroups(GroupPolicy wanted) {
        return new MirrorPolicy(prefix, webBase, wanted, terms, hiddenNamespaces, maxImages, bisque);
    }

    /** Reads words with commas between; {@code all} is all of them, {@code -word} leaves one out. */
    public static Set<Term> parseTerms(String text) {
        Set<Term> terms = EnumSet.noneOf(Term.class);
        for (String word : text.split(",", -1)) {
            String name = word.strip();
            if (name.equals("all")) {
                terms.addAll(EnumSet.allOf(Term.class));
            } else if (name.startsWith("-")) {
                terms.remove(term(name.substring(1)));
            } else if (!name.isEmpty()) {
                terms.add(term(name));
            }
        }
        // Without these an object could not be found again, nor compared by one triple.
        terms.add(Term.SERVER);
        terms.add(Term.FILESET);
        terms.add(Term.DIGEST);
        return terms;
    }

    private static Term term(String word) {
        return Stream.of(Term.values())
                .filter(term -> term.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("omero.show: there is no " + word + "; there are "
                        + Stream.of(Term.values()).map(Term::word).collect(Collectors.joining(", "))));
    }

    boolean shows(Annotation annotation) {
        String namespace = annotation.namespace();
        return !namespace.startsWith(OWN_NAMESPACE) && hiddenNamespaces.stream().noneMatch(namespace::startsWith);
    }
}
