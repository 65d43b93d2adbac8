package org.omerods.slides.tissue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.omerods.slides.jpeg.McuCoder;
import org.omerods.slides.jpeg.Scan;

/**
 * The whole picture at all pyramid levels, as rows of MCUs that can be copied into a JPEG scan. On the tissue lies, every
 * {@link TissuePainter#SIZE} pixels of each level, a label with level and pixel position, so that a wrong place or a wrong
 * level can be seen. Tiles are painted and coded when they are first needed and kept: at most some hundreds, some 250 KB
 * each. Not thread-safe.
 */
public final class SlidePicture {
    /** The highest level: there a tile is one MCU. */
    public static final int MAX_LEVEL = 6;

    private static final int MCUS = CodedTile.MCUS;

    /** Labels start so many MCUs from the left and so many MCU rows from the top of their square. */
    private static final int LABEL_AT = 1;

    private static final int LABEL_ROWS = 2;

    private final TissueMap map;
    private final TissuePainter painter;
    private final McuCoder coder;
    private final Glyphs glyphs;
    private final long seed;
    private final Map<Integer, CodedTile> tiles = new HashMap<>();

    /** @param quality of the JPEG, 1 to 100 */
    public SlidePicture(TissueMap map, long seed, int quality) {
        this.map = map;
        this.seed = seed;
        this.coder = new McuCoder(quality);
        this.painter = new TissuePainter(map, seed);
        this.glyphs = new Glyphs(coder);
    }

    public TissueMap map() {
        return map;
    }

    /**
     * Copies a run of MCUs of a row into {@code scan}.
     *
     * @param plane the focal plane, which the label names; 0 is not named
     * @param row the MCU row at that level, from 0
     * @param from the first MCU of the run
     * @param to behind its last MCU
     */
    public void append(Scan scan, int level, int plane, int row, int from, int to) throws IOException {
        int labelRow = row % MCUS - LABEL_AT;
        if (labelRow < 0 || labelRow >= LABEL_ROWS) {
            tissue(scan, level, row, from, to);
            return;
        }
        int at = from;
        while (at < to) {
            int square = at / MCUS;
            String label = label(level, plane, square * TissuePainter.SIZE, row / MCUS * TissuePainter.SIZE);
            int labelStart = square * MCUS + LABEL_AT;
            int labelEnd = labelStart + label.length();
            if (at >= labelStart && at < labelEnd) {
                scan.append(glyphs.row(label.charAt(at - labelStart), labelRow), 0, 1, 0);
                at++;
            } else {
                int end = Math.min(to, at < labelStart ? labelStart : (square + 1) * MCUS);
                tissue(scan, level, row, at, end);
                at = end;
            }
        }
    }

    /** What stands on a label: {@code L0 x512 y1024}, and with a focal plane {@code L0 z-1 x512 y1024}. */
    public static String label(int level, int plane, int x, int y) {
        String focus = plane == 0 ? "" : plane > 0 ? " z+" + plane : " z" + plane;
        return "L" + level + focus + " x" + x + " y" + y;
    }

    private void tissue(Scan scan, int level, int row, int from, int to) throws IOException {
        int perTile = MCUS >> level;
        int tileRow = row / perTile;
        int at = from;
        while (at < to) {
            int column = at / perTile;
            int start = column * perTile;
            int end = Math.min(to, start + perTile);
            CodedTile tile = tile(column, tileRow);
            int brighter = (int) (Hash.of(seed + level, column, row) & 1);
            scan.append(tile.row(level, row % perTile), at - start, end - start, brighter);
            at = end;
        }
    }

    /** The tile of a place; beyond the slide, where formats pad, it is glass. */
    private CodedTile tile(int column, int row) {
        int number = column < map.across() && row < map.down() ? map.tile(column, row) : 0;
        return tiles.computeIfAbsent(number, key -> new CodedTile(painter.paint(key), coder));
    }
}
