package org.omerods.omero.sync;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.omerods.storage.Avu;
import org.omerods.storage.AvuStore;
import org.omerods.storage.StorageException;
import org.omerods.storage.StoragePath;

/** Computes the digests of objects anew, by their description in docs/companion.md. */
final class Digests {
    private Digests() {}

    /** The objects that carry no digest, several, or one that is not that of their triples. */
    static Set<String> wrong(AvuStore avus) throws StorageException {
        Map<StoragePath, Long> sums = new TreeMap<>();
        Map<StoragePath, Set<String>> digests = new TreeMap<>();
        avus.scan(StoragePath.ROOT, "omero::", (path, avu) -> {
            if (avu.attribute().equals("omero::digest")) {
                digests.computeIfAbsent(path, p -> new HashSet<>()).add(avu.value());
            } else if (!avu.attribute().startsWith("omero::sync::")) {
                sums.merge(path, number(avu), Long::sum);
            }
        });
        Set<String> wrong = new TreeSet<>();
        sums.forEach((path, sum) -> {
            if (!Set.of(HexFormat.of().toHexDigits(sum)).equals(digests.remove(path))) {
                wrong.add(path.value());
            }
        });
        digests.keySet().forEach(path -> wrong.add(path.value()));
        return wrong;
    }

    private static long number(Avu avu) {
        String text = avu.attribute() + '\uffff' + avu.value() + '\uffff' + avu.units() + '\uffff';
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 1_099_511_628_211L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
