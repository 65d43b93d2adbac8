package org.omerods.slides.tissue;

/** Numbers that look random and depend on their arguments alone: the mixing function of SplitMix64 (Steele, 2014). */
final class Hash {
    private Hash() {}

    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    static long of(long seed, long a, long b) {
        return mix(mix(mix(seed) + a) + b);
    }

    /** A number in [0, 1). */
    static float unit(long seed, long a, long b) {
        return (of(seed, a, b) >>> 40) * 0x1p-24f;
    }

    /** A number in 0 until {@code bound}. */
    static int below(int bound, long seed, long a, long b) {
        return (int) Long.remainderUnsigned(of(seed, a, b), bound);
    }
}
