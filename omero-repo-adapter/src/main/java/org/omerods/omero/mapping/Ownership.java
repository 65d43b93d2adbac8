package org.omerods.omero.mapping;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.omerods.storage.Avu;

/**
 * Tells the triples that the companion of one server wrote from all others, which are never touched: by their attribute,
 * and by the UUID of the server's database in value or units. Owner and group have no room for it; they are ours unless
 * another server has left its mark on the object too. Pure, thread-safe.
 */
public final class Ownership {
    private final String databaseUuid;
    private final String prefix;
    private final boolean bisque;
    private final Set<String> attributes;
    private final String map;
    private final String server;
    private final Set<String> unmarked;

    public Ownership(Mapper mapper) {
        this.databaseUuid = mapper.server().databaseUuid().toString();
        this.prefix = mapper.policy().prefix();
        this.bisque = mapper.policy().bisque();
        this.attributes = Stream.of(Term.values())
                .filter(term -> term != Term.MAP)
                .map(term -> term.attribute(prefix))
                .collect(Collectors.toUnmodifiableSet());
        this.map = Term.MAP.attribute(prefix);
        this.server = Term.SERVER.attribute(prefix);
        this.unmarked = Set.of(Term.OWNER.attribute(prefix), Term.GROUP.attribute(prefix));
    }

    /** Begins of attributes among which the own ones are. */
    public List<String> prefixes() {
        return bisque ? List.of(prefix, "ipc-bisque-") : List.of(prefix);
    }

    /** The own ones of all triples of an object. */
    public Set<Avu> own(Collection<Avu> triples) {
        boolean shared = triples.stream()
                .anyMatch(avu -> avu.attribute().equals(server) && !avu.units().equals(databaseUuid));
        return triples.stream()
                .filter(avu -> isMarked(avu) || (!shared && unmarked.contains(avu.attribute())))
                .collect(Collectors.toSet());
    }

    /** Whether a triple alone shows that it is ours. */
    public boolean isMarked(Avu avu) {
        boolean known = attributes.contains(avu.attribute())
                || avu.attribute().startsWith(map)
                || (bisque && avu.attribute().startsWith("ipc-bisque-"));
        return known && (avu.value().contains(databaseUuid) || avu.units().contains(databaseUuid));
    }

    /** Whether a triple may be ours, by its attribute alone. */
    public boolean isUnmarked(Avu avu) {
        return unmarked.contains(avu.attribute());
    }
}
