package org.omerods.omero.mapping;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.omerods.omero.model.Group;

/** Of which groups things may be shown in iRODS, where everybody who may read an object sees its triples. */
public sealed interface GroupPolicy {
    boolean allows(Group group);

    /** All groups but the private ones, in which members do not see each other's data. */
    record Shared() implements GroupPolicy {
        @Override
        public boolean allows(Group group) {
            return !group.isPrivate();
        }
    }

    /** All groups, private ones as well. */
    record All() implements GroupPolicy {
        @Override
        public boolean allows(Group group) {
            return true;
        }
    }

    /** The groups of these names, and no others. */
    record Named(Set<String> names) implements GroupPolicy {
        public Named {
            names = Set.copyOf(names);
        }

        @Override
        public boolean allows(Group group) {
            return names.contains(group.name());
        }
    }

    /** Reads {@code shared}, {@code all}, or names with commas between. */
    static GroupPolicy parse(String text) {
        return switch (text.strip()) {
            case "shared", "" -> new Shared();
            case "all" -> new All();
            default ->
                new Named(Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet()));
        };
    }
}
