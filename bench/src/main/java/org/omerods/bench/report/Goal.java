package org.omerods.bench.report;

import java.util.function.Function;

/**
 * A goal that was set before anything was measured.
 *
 * @param key by which bench/results/remarks.properties may say why it was missed
 * @param text what was to be reached
 * @param outcome what was, from the results
 */
record Goal(String key, String text, Function<Results, Outcome> outcome) {

    /** Whether it was reached, and the figures that say so. */
    record Outcome(Verdict verdict, String figures) {
        static Outcome atLeast(double reached, double wanted, String figures) {
            return of(reached, reached >= wanted, figures);
        }

        static Outcome atMost(double reached, double wanted, String figures) {
            return of(reached, reached <= wanted, figures);
        }

        private static Outcome of(double reached, boolean good, String figures) {
            if (Double.isNaN(reached)) {
                return new Outcome(Verdict.NOT_MEASURED, "");
            }
            return new Outcome(good ? Verdict.REACHED : Verdict.MISSED, figures);
        }

        /** Reached only where both are; not measured where one is not. */
        Outcome and(Outcome other) {
            Verdict both = verdict.compareTo(other.verdict) > 0 ? verdict : other.verdict;
            return new Outcome(
                    both, figures + (figures.isEmpty() || other.figures.isEmpty() ? "" : "; ") + other.figures);
        }
    }

    /** From good to unknown. */
    enum Verdict {
        REACHED("reached"),
        MISSED("**missed**"),
        NOT_MEASURED("not measured");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
