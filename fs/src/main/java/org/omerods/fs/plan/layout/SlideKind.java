package org.omerods.fs.plan.layout;

import java.util.Arrays;

/** What a slide file is. */
public enum SlideKind {
    TIFF(1),
    SVS(2),
    OME_TIFF(3),
    NDPI(4);

    /** In layout indexes; never given to another kind. */
    final int code;

    SlideKind(int code) {
        this.code = code;
    }

    static SlideKind ofCode(long code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind " + code));
    }
}
