package org.omerods.bench.report;

import static org.omerods.bench.report.Goal.Outcome.atLeast;
import static org.omerods.bench.report.Goal.Outcome.atMost;

import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.omerods.bench.report.Goal.Outcome;
import org.omerods.bench.report.Goal.Verdict;

/** The goals of the read and the write path, each with the figures that decide it. */
final class Goals {
    private static final String[] ROUND_TRIPS = {"0.2", "1", "5", "10", "30"};
    private static final String[] RAW = {
        "raw client, 1 connection", "raw client, 4 connections", "raw client, 8 connections"
    };

    private Goals() {}

    static List<Goal> all() {
        return List.of(
                new Goal("warm", "Warm, page cache or passthrough: at least 0.95 of the local file", Goals::warm),
                new Goal(
                        "block-file",
                        "Warm block file without pass-through: at least 0.9 of a C FUSE peer (bindfs), sequential and random",
                        Goals::blockFile),
                new Goal(
                        "cold-sequential",
                        "Cold sequential, one reader: at least 0.9 of the best raw client, up to 30 ms",
                        Goals::coldSequential),
                new Goal(
                        "cold-random",
                        "Cold random 256 KiB, one reader: at most 1.5 x (RTT + service + transfer)",
                        Goals::coldRandom),
                new Goal(
                        "readers",
                        "4 and 16 random readers: at least 3.5x and 10x one reader while the link is not full",
                        Goals::readers),
                new Goal(
                        "amplification",
                        "At most 1.3 bytes fetched per byte asked on random reads",
                        Goals::amplification),
                new Goal(
                        "ndpi-tile",
                        "Cold NDPI tile at 10 ms: at least 5x faster than without prefetch; neighbours in the row at least 95 % hits",
                        Goals::ndpiTile),
                new Goal("pan-zoom", "Pan and zoom: warm at most 1.2x local, cold at 1 ms at most 3x", Goals::panZoom),
                new Goal(
                        "listing",
                        "Listing with attributes: at least 10,000 entries/s; 100,000 in at most 10 s at 1 ms",
                        Goals::listing),
                new Goal(
                        "open",
                        "Cold open and first byte: at most 3 RTT + 5 ms; warm open without any request",
                        Goals::open),
                new Goal("cpu", "At most 1 CPU-second per GiB cold", Goals::cpu),
                new Goal("start", "Start to a usable mount below 1 s", Goals::start),
                new Goal("soak", "Memory bounded over a long soak", Goals::soak),
                new Goal(
                        "write",
                        "1 GiB sequential write incl. close: at least 0.9 of the best raw parallel client",
                        Goals::write),
                new Goal(
                        "companion",
                        "Companion, first start: at least 2.5x one triple at a time at 0 ms, 10x at 10 ms",
                        Goals::companion),
                new Goal(
                        "companion-again",
                        "Companion, an unchanged server compared again: at least 20,000 objects/s without a write",
                        Goals::comparedAgain));
    }

    /** As Markdown, with the reasons that people gave. */
    static String markdown(Results results, Properties notes) {
        StringBuilder text = new StringBuilder("| goal | verdict | figures | remarks |\n| --- | --- | --- | --- |\n");
        for (Goal goal : all()) {
            Outcome outcome = goal.outcome().apply(results);
            text.append("| ")
                    .append(String.join(
                            " | ",
                            goal.text(),
                            outcome.verdict().words(),
                            outcome.figures(),
                            notes.getProperty(goal.key(), "")))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static Outcome warm(Results results) {
        double local = results.median("sequential", "MiB/s", "subject", "local file");
        double pages = results.median("sequential", "MiB/s", "subject", "mount", "rtt_ms", "0", "cache", "page cache");
        double cpu =
                results.median("sequential", "cpu s/GiB", "subject", "mount", "rtt_ms", "0", "cache", "page cache");
        return atLeast(
                pages / local,
                0.95,
                Figures.of(pages / local) + " of local (" + Figures.of(pages) + " of " + Figures.of(local)
                        + " MiB/s), daemon " + Figures.of(cpu) + " CPU s/GiB");
    }

    private static Outcome blockFile(Results results) {
        Outcome outcome = atMost(0, 0, "");
        String[][] loads = {{"1 MiB sequential", "1"}, {"64 KiB at random", "1"}, {"4 KiB at random", "1"}};
        for (String[] load : loads) {
            double peer = results.median(
                    "warm", "MiB/s", "subject", "bindfs", "rtt_ms", "0", "read", load[0], "readers", load[1]);
            double mount = results.median(
                    "warm",
                    "MiB/s",
                    "subject",
                    "mount, pass-through off",
                    "rtt_ms",
                    "0",
                    "read",
                    load[0],
                    "readers",
                    load[1]);
            outcome = outcome.and(atLeast(
                    mount / peer,
                    0.9,
                    load[0] + ": " + Figures.of(mount / peer) + " (" + Figures.of(mount) + " of " + Figures.of(peer)
                            + " MiB/s)"));
        }
        return outcome;
    }

    private static Outcome coldSequential(Results results) {
        double worst = Double.POSITIVE_INFINITY;
        StringBuilder all = new StringBuilder();
        for (String rtt : ROUND_TRIPS) {
            double best = 0;
            for (String raw : RAW) {
                double rate = results.median("sequential", "MiB/s", "subject", raw, "rtt_ms", rtt);
                best = Double.isNaN(rate) ? best : Math.max(best, rate);
            }
            double mount = results.median("sequential", "MiB/s", "subject", "mount", "rtt_ms", rtt, "cache", "cold");
            if (best > 0 && !Double.isNaN(mount)) {
                worst = Math.min(worst, mount / best);
                all.append(all.isEmpty() ? "" : ", ")
                        .append(rtt)
                        .append(" ms: ")
                        .append(Figures.of(mount / best));
            }
        }
        return atLeast(Double.isInfinite(worst) ? Double.NaN : worst, 0.9, all.toString());
    }

    private static Outcome coldRandom(Results results) {
        return atEach(ROUND_TRIPS, rtt -> {
            double mount = random(results, "mount", "p50 ms", rtt, "256 KiB", "1");
            double raw = random(results, "raw client", "p50 ms", rtt, "256 KiB", "1");
            return atMost(
                    mount / raw,
                    1.5,
                    rtt + " ms: " + Figures.of(mount) + " ms, raw pair " + Figures.of(raw) + " ms, "
                            + Figures.of(mount / raw) + "x");
        });
    }

    private static Outcome readers(Results results) {
        return atEach(ROUND_TRIPS, rtt -> {
            double one = random(results, "mount", "ops/s", rtt, "64 KiB", "1");
            double four = random(results, "mount", "ops/s", rtt, "64 KiB", "4");
            double sixteen = random(results, "mount", "ops/s", rtt, "64 KiB", "16");
            return atLeast(four / one, 3.5, rtt + " ms: 4 readers " + Figures.of(four / one) + "x")
                    .and(atLeast(sixteen / one, 10, "16 readers " + Figures.of(sixteen / one) + "x"));
        });
    }

    private static Outcome amplification(Results results) {
        double worst = results.measurements("random", "subject", "mount").stream()
                .filter(node -> !node.path("read").asText().equals("4 KiB"))
                .mapToDouble(
                        node -> node.path("median").path("fetched/delivered").asDouble())
                .max()
                .orElse(Double.NaN);
        double small = results.measurements("random", "subject", "mount", "read", "4 KiB").stream()
                .mapToDouble(
                        node -> node.path("median").path("fetched/delivered").asDouble())
                .max()
                .orElse(Double.NaN);
        return atMost(
                worst,
                1.3,
                "at most " + Figures.of(worst) + " for 64 and 256 KiB, " + Figures.of(small)
                        + " for 4 KiB, with all protocol bytes");
    }

    private static Outcome ndpiTile(Results results) {
        double on = results.median("wsi", "p50 ms", "subject", "mount", "rtt_ms", "10", "what", "NDPI tile");
        double off =
                results.median("wsi", "p50 ms", "subject", "mount, prefetch off", "rtt_ms", "10", "what", "NDPI tile");
        double hits = results.median("wsi", "neighbour hits", "subject", "mount", "rtt_ms", "10", "what", "NDPI tile");
        return atLeast(
                        off / on,
                        5,
                        Figures.of(on) + " ms, without prefetch " + Figures.of(off) + " ms, " + Figures.of(off / on)
                                + "x")
                .and(atLeast(hits, 0.95, "hits " + Figures.of(hits * 100) + " %"));
    }

    private static Outcome panZoom(Results results) {
        double local = results.median("wsi", "seconds", "subject", "local file", "what", "pan and zoom");
        double warm = results.median(
                "wsi", "seconds", "subject", "mount", "rtt_ms", "1", "what", "pan and zoom", "cache", "warm");
        double cold = results.median(
                "wsi", "seconds", "subject", "mount", "rtt_ms", "1", "what", "pan and zoom", "cache", "cold");
        double bindfs = results.median("wsi", "seconds", "subject", "bindfs", "what", "pan and zoom");
        return atMost(
                        warm / local,
                        1.2,
                        "warm " + Figures.of(warm / local) + "x local (bindfs " + Figures.of(bindfs / local) + "x)")
                .and(atMost(cold / local, 3, "cold at 1 ms " + Figures.of(cold / local) + "x"));
    }

    private static Outcome listing(Results results) {
        double rate = results.median("list", "entries/s", "subject", "mount", "rtt_ms", "0", "what", "ls -lR 100,000");
        double seconds = results.median("list", "seconds", "subject", "mount", "rtt_ms", "1", "what", "ls -lR 100,000");
        return atLeast(rate, 10_000, Figures.of(rate) + " entries/s")
                .and(atMost(seconds, 10, Figures.of(seconds) + " s at 1 ms"));
    }

    private static Outcome open(Results results) {
        Outcome outcome = atMost(0, 0, "");
        for (String rtt : List.of("1", "10")) {
            double millis = results.median("open", "p50 ms", "subject", "mount", "rtt_ms", rtt, "cache", "cold");
            outcome = outcome.and(
                    atMost(millis, 3 * Double.parseDouble(rtt) + 5, rtt + " ms: " + Figures.of(millis) + " ms"));
        }
        double requests = results.median("open", "requests", "subject", "mount", "rtt_ms", "1", "cache", "warm")
                - results.median("open", "closes", "subject", "mount", "rtt_ms", "1", "cache", "warm");
        return outcome.and(atMost(requests, 0, Figures.of(requests) + " requests warm"));
    }

    private static Outcome cpu(Results results) {
        double cpu = results.median("sequential", "cpu s/GiB", "subject", "mount", "rtt_ms", "1", "cache", "cold");
        return atMost(cpu, 1, Figures.of(cpu) + " s/GiB at 1 ms");
    }

    private static Outcome start(Results results) {
        double seconds = results.median("start", "start s", "subject", "mount");
        double rss = results.median("start", "rss MiB", "subject", "mount");
        return atMost(seconds, 1, Figures.of(seconds) + " s, " + Figures.of(rss) + " MiB RSS");
    }

    private static Outcome soak(Results results) {
        double first = results.median("soak", "anonymous MiB", "subject", "mount", "part", "first quarter");
        double last = results.median("soak", "anonymous MiB", "subject", "mount", "part", "last quarter");
        return atMost(last / first, 1.1, Figures.of(first) + " then " + Figures.of(last) + " MiB anonymous");
    }

    private static Outcome write(Results results) {
        String[] loopbackToo = {"0", "0.2", "1", "5", "10", "30"};
        return atEach(loopbackToo, rtt -> {
            double mount = written(results, "mount", rtt);
            double parallel = written(results, "raw client, comparing, 4 connections", rtt);
            double unchecked = written(results, "raw client", rtt);
            return atLeast(
                    mount / parallel,
                    0.9,
                    rtt + " ms: " + Figures.of(mount / parallel) + " (" + Figures.of(mount / unchecked)
                            + " of one connection that compares nothing)");
        });
    }

    /** At each of the round-trip times that was measured; not measured where none was. */
    private static Outcome atEach(String[] roundTrips, Function<String, Outcome> goal) {
        return Arrays.stream(roundTrips)
                .map(goal)
                .filter(outcome -> outcome.verdict() != Verdict.NOT_MEASURED)
                .reduce(Outcome::and)
                .orElse(new Outcome(Verdict.NOT_MEASURED, ""));
    }

    private static double written(Results results, String subject, String rtt) {
        return results.median("write", "MiB/s", "subject", subject, "rtt_ms", rtt, "what", "sequential");
    }

    private static Outcome companion(Results results) {
        Outcome outcome = atMost(0, 0, "");
        double[] wanted = {2.5, 10};
        String[] times = {"0", "10"};
        for (int i = 0; i < times.length; i++) {
            double mirror = companion(results, "companion", times[i], "first start");
            double plain = companion(results, "one triple at a time", times[i], "first start");
            outcome = outcome.and(atLeast(
                    mirror / plain,
                    wanted[i],
                    times[i] + " ms: " + Figures.of(mirror) + " images/s, " + Figures.of(mirror / plain) + "x"));
        }
        return outcome;
    }

    private static Outcome comparedAgain(Results results) {
        double rate = companion(results, "companion", "0", "unchanged, compared again");
        return atLeast(rate, 20_000, Figures.of(rate) + " objects/s");
    }

    private static double companion(Results results, String subject, String rtt, String what) {
        return results.median("companion", "images/s", "subject", subject, "rtt_ms", rtt, "what", what);
    }

    private static double random(
            Results results, String subject, String figure, String rtt, String read, String readers) {
        return results.median("random", figure, "subject", subject, "rtt_ms", rtt, "read", read, "readers", readers);
    }
}
