package org.omerods.bench.suite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All suites by name, in the order in which they are run together. */
public final class Suites {
    private static final Map<String, Suite> ALL = all();
    /** Those that take as long as one wants. */
    private static final Set<String> LONG = Set.of("soak");

    private Suites() {}

    private static Map<String, Suite> all() {
        Map<String, Suite> all = new LinkedHashMap<>();
        all.put("network", new NetworkSuite());
        all.put("start", new StartSuite());
        all.put("sequential", new SequentialSuite());
        all.put("warm", new WarmSuite());
        all.put("random", new RandomSuite());
        all.put("open", new OpenSuite());
        all.put("small", new SmallSuite());
        all.put("readers", new ReadersSuite());
        all.put("list", new ListSuite());
        all.put("wsi", new SlideSuite());
        all.put("traces", new TraceSuite());
        all.put("fio-mountpoint", new FioSuite());
        all.put("write", new WriteSuite());
        all.put("companion", new CompanionSuite());
        all.put("soak", new SoakSuite());
        return Collections.unmodifiableMap(all);
    }

    public static Map<String, Suite> byName() {
        return ALL;
    }

    /** The set whose results are committed. */
    public static List<String> committed() {
        return ALL.keySet().stream().filter(name -> !LONG.contains(name)).toList();
    }
}
