package org.omerods.fs.plan;

/**
 * Equal distances from run to run. Immutable.
 *
 * @param distance from the start of the run before to that of the last one; negative towards the beginning
 * @param repeats how many distances in a row were equal to it; 0 after the first run
 * @param planned how many strides behind the last run are planned
 * @param runBytes length of the runs
 */
record Stride(long distance, int repeats, int planned, long runBytes) {
    static final Stride NONE = new Stride(0, 0, 0, 0);

    /** Three equal distances are no accident; two happen among random reads, and cost a read each time. */
    private static final int ESTABLISHED_AFTER = 3;

    /** Rows of one image compress alike but not equally: a few percent from row to row. */
    private static final int TOLERANCE_DIVISOR = 16;

    boolean isEstablished() {
        return repeats >= ESTABLISHED_AFTER;
    }

    boolean leadsOver(long otherDistance) {
        return repeats > 0 && Math.abs(distance - otherDistance) <= Math.abs(distance) / TOLERANCE_DIVISOR;
    }

    /** After one more run, which began {@code newDistance} behind the one before. */
    Stride andThen(long newDistance, long newRunBytes) {
        return leadsOver(newDistance)
                ? new Stride(newDistance, repeats + 1, Math.max(0, planned - 1), newRunBytes)
                : new Stride(newDistance, 1, 0, newRunBytes);
    }

    Stride withPlanned(int strides) {
        return new Stride(distance, repeats, strides, runBytes);
    }
}
