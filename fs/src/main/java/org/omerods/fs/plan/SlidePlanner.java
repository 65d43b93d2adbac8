package org.omerods.fs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.omerods.fs.plan.layout.SlideLayout;
import org.omerods.fs.plan.layout.SlideLevel;

/**
 * Turns reads of one slide whose layout is known into plans. Each read is given to a viewer: one who looks at the same part
 * of the same level, else one who was just at the same part on another level, else a new one. Small reads that look at a
 * marker or a header say nothing; long runs are copies or checksums, and are planned as those of any file.
 *
 * <p>The same reads give the same plans: no clock, no random, no I/O. Not thread-safe.
 */
public final class SlidePlanner {
    /** Longer segments are not fetched as a whole: nobody may want all of it. */
    static final long MAX_SEGMENT_BYTES = 4 << 20;

    /**
     * Two pages, since the kernel reads a page with its neighbour when the two make one folio. What was read in order must be
     * more for it to count as a look.
     */
    private static final long PROBE_BYTES = 8 << 10;

    /** A viewport's row of tiles, which often lie one behind the other, is shorter. */
    private static final long SCAN_AFTER_BYTES = 2 << 20;

    /** 64 people before one slide. */
    private static final int MAX_VIEWERS = 64;

    /** So far the kernel reads on behind what a program asks for: two of its windows, of which one may be under way. */
    private static final long READ_ON_BYTES = 4 << 20;

    /** Segments lower than this are parts of tiles. */
    private static final int MIN_TILE_PIXELS = 128;

    /** A read that covers more segments belongs to the first of them. */
    private static final int MAX_COVERED = 3;

    /** Tiles beyond what was looked at that still belong to the same viewer: a step of a viewport. */
    private static final int NEAR_TILES = 4;

    /** Of others, between two requests into which the kernel cut one read. */
    private static final int MAX_READS_BETWEEN = 32;

    private record Place(int level, int row, int column, ByteRange segment) {}

    private final SlideLayout layout;
    private final PrefetchConfig config;
    private final PrefetchConfig forScans;
    private final Credit credit;
    private final RecentRegions recent = new RecentRegions();
    private final Pyramid pyramid;
    private final TilePlan tiles;
    private final ColumnPlan columns;

    /** The one used last at the end. */
    private final List<Viewer> viewers = new ArrayList<>();

    private Streams streams;
    private int nextViewer;

    /** What the last small read covered that went to nobody: a column may begin with it. */
    private List<Place> lastProbe = List.of();

    /**
     * A planner for a slide.
     *
     * @param streams what was seen of its reads before the layout was known
     */
    public SlidePlanner(SlideLayout layout, Streams streams, PrefetchConfig config) {
        this.layout = layout;
        this.streams = streams;
        this.config = config;
        this.forScans = config.forScans(SCAN_AFTER_BYTES);
        this.credit = new Credit(config.slides().freeBytes());
        this.pyramid = new Pyramid(layout);
        this.tiles = new TilePlan(pyramid);
        this.columns = new ColumnPlan(pyramid, layout.levels().size());
    }

    /**
     * What to fetch ahead after a read.
     *
     * @param read inside the slide and not empty
     * @param missing what of a range is neither here nor on its way
     */
    public Plan plan(ByteRange read, MissingParts missing) {
        credit.earn(read.length());
        Plan asAnyFile = ReadPlanner.plan(streams, read, layout.size(), forScans);
        Streams before = streams;
        streams = asAnyFile.streams();
        Stream stream = streams.last();
        boolean scan = stream.window().bytes() > 0;
        ByteRange run = inOrder(stream, before, read);
        int level = levelOf(read);
        if (scan) {
            return level < 0 ? asAnyFile : withinTile(asAnyFile, level, read, run);
        }
        if (level < 0) {
            return asAnyFile;
        }
        PlannedRanges planned = new PlannedRanges(layout, config.slides(), credit, recent, missing);
        List<Integer> abandoned = new ArrayList<>(asAnyFile.abandoned());
        int viewer = layout.levels().get(level).grid().segmentHeight() < MIN_TILE_PIXELS
                ? followColumn(level, read, run, stream, planned, abandoned)
                : followTile(level, read, run, stream, planned, abandoned);
        return new Plan(streams, viewer, planned.ahead(), planned.perhaps(), abandoned);
    }

    /** What was read up to here without a gap, and just now: what was read a while ago was for something else. */
    private static ByteRange inOrder(Stream stream, Streams before, ByteRange read) {
        boolean lately = before.open().stream()
                .anyMatch(old -> old.id() == stream.id() && before.clock() - old.lastUsed() <= MAX_READS_BETWEEN);
        return lately && stream.run().gapless()
                ? new ByteRange(stream.run().start(), stream.run().head())
                : read;
    }

    /**
     * Programs that read 1 MiB for each row of a tile (Bio-Formats) read all of its rows without a gap, as a copy does. Up to the
     * height of a tile nothing is fetched behind its end; who goes on copies, and reads what was left out by himself.
     */
    private Plan withinTile(Plan plan, int number, ByteRange read, ByteRange run) {
        SlideLevel level = layout.levels().get(number);
        int first = level.segmentFrom(run.start());
        if (level.grid().segmentHeight() >= MIN_TILE_PIXELS || first < 0) {
            return plan;
        }
        int columns = level.grid().columns();
        int last = Math.min(level.grid().rows() - 1, first / columns + TileHeights.usual(level));
        long end = level.segment(last * columns + first % columns).end();
        if (read.end() >= end + READ_ON_BYTES) {
            return plan;
        }
        List<ByteRange> ahead = plan.ahead().stream()
                .filter(range -> range.start() < end)
                .map(range -> new ByteRange(range.start(), Math.min(range.end(), end)))
                .toList();
        return new Plan(plan.streams(), plan.stream(), ahead, plan.perhaps(), plan.abandoned());
    }

    /** The level of a read: most often it begins inside of it, or in the page before. */
    private int levelOf(ByteRange read) {
        int level = layout.levelAt(read.start());
        return level >= 0 ? level : layout.levelAt(read.end() - 1);
    }

    private int followTile(
            int level, ByteRange read, ByteRange run, Stream stream, PlannedRanges planned, List<Integer> abandoned) {
        Place place = mostCovered(covered(level, read), read);
        long covered = Math.min(run.end(), place.segment().end())
                - Math.max(run.start(), place.segment().start());
        if (covered <= PROBE_BYTES && covered < place.segment().length()) {
            return stream.id();
        }
        Place last = lastOf(level, read, place);
        Viewer viewer = viewerAt(last, NEAR_TILES, abandoned);
        boolean inOrder = run.start() < place.segment().start() - PROBE_BYTES;
        tiles.follow(viewer, layout.levels().get(level), last.row(), last.column(), read, inOrder, planned);
        return nameOf(viewer);
    }

    /** Judged by all that was read in order: the kernel cuts reads into requests, and reads on behind them. */
    private int followColumn(
            int level, ByteRange read, ByteRange run, Stream stream, PlannedRanges planned, List<Integer> abandoned) {
        SlideLevel grid = layout.levels().get(level);
        ByteRange inOrder = grid.grid().columns() > MAX_COVERED ? run : read;
        if (inOrder.length() > RowSeries.MAX_REACH_BYTES) {
            return stream.id();
        }
        List<Place> covered = covered(level, inOrder);
        for (int i = viewers.size() - 1; i >= 0; i--) {
            Viewer viewer = viewers.get(i);
            Optional<Place> next = viewer.level == level ? nextOf(viewer, covered, inOrder) : Optional.empty();
            if (next.isPresent()) {
                boolean probe = inOrder.length() <= PROBE_BYTES;
                columns.goOn(viewer, grid, next.get().row(), read, probe, planned);
                viewers.add(viewers.remove(i));
                return nameOf(viewer);
            }
        }
        Place place = firstBegun(covered, inOrder);
        Place first = place;
        if (inOrder.length() <= PROBE_BYTES) {
            Optional<Place> probe = probeBefore(covered);
            if (probe.isEmpty()) {
                lastProbe = covered;
                return stream.id();
            }
            first = probe.get();
            place = inColumn(covered, first.column());
        }
        int rows = (int) Math.ceilDiv(
                (long) NEAR_TILES * TileHeights.TILE_PIXELS, grid.grid().segmentHeight());
        Viewer viewer = viewerAt(place, rows, abandoned);
        columns.begin(viewer, grid, new RowSeries(first.row(), first.column()), place.row(), read, planned);
        return nameOf(viewer);
    }

    /** The segment with which a viewer goes on: of the same columns, or beside them, which widens them if it is a look. */
    private static Optional<Place> nextOf(Viewer viewer, List<Place> covered, ByteRange inOrder) {
        for (Place place : covered) {
            if (viewer.series.isNext(place.row(), place.column())) {
                return Optional.of(place);
            }
        }
        for (Place place : covered) {
            if (viewer.series.isBeside(place.row(), place.column())) {
                if (inOrder.length() > PROBE_BYTES
                        && inOrder.start() >= place.segment().start() - PROBE_BYTES) {
                    viewer.series.goTo(place.row());
                    viewer.series.widen(place.column());
                }
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    /** A look at a segment begins with the page that its start, or the marker before it, is in. */
    private static Place firstBegun(List<Place> covered, ByteRange inOrder) {
        for (Place place : covered) {
            long before = place.segment().start() - inOrder.start();
            if (before >= 0 && before < PROBE_BYTES) {
                return place;
            }
        }
        return mostCovered(covered, inOrder);
    }

    /** The tile where a read over several tiles ends: what lies behind it comes next. */
    private Place lastOf(int level, ByteRange read, Place place) {
        SlideLevel of = layout.levels().get(level);
        int number = of.segmentAt(read.end() - 1);
        if (number < 0 || read.end() - of.segment(number).start() <= PROBE_BYTES) {
            return place;
        }
        int columns = of.grid().columns();
        return new Place(level, number / columns, number % columns, of.segment(number));
    }

    /** The segment of the last probe below or above one of these. A page may hold several: the next row shows which is meant. */
    private Optional<Place> probeBefore(List<Place> covered) {
        return lastProbe.stream()
                .filter(probe -> covered.stream()
                        .anyMatch(place -> place.level() == probe.level()
                                && place.column() == probe.column()
                                && Math.abs(place.row() - probe.row()) == 1))
                .findFirst();
    }

    private static Place inColumn(List<Place> covered, int column) {
        return covered.stream()
                .filter(place -> place.column() == column)
                .findFirst()
                .orElseThrow();
    }

    /** Streams of other files' planning have names from 0 up. */
    private static int nameOf(Viewer viewer) {
        return -1 - viewer.id;
    }

    private List<Place> covered(int level, ByteRange read) {
        SlideLevel of = layout.levels().get(level);
        List<Place> places = new ArrayList<>(MAX_COVERED);
        long at = read.start();
        while (places.size() < MAX_COVERED && at < read.end()) {
            int number = of.segmentFrom(at);
            if (number < 0 || of.segment(number).start() >= read.end()) {
                break;
            }
            ByteRange segment = of.segment(number);
            places.add(new Place(
                    level, number / of.grid().columns(), number % of.grid().columns(), segment));
            at = Math.max(at + 1, segment.end());
        }
        return places;
    }

    /** The first segment of which half was read, else that of which most was. */
    private static Place mostCovered(List<Place> places, ByteRange read) {
        Place most = places.getFirst();
        long bytes = 0;
        for (Place place : places) {
            long its = Math.min(read.end(), place.segment().end())
                    - Math.max(read.start(), place.segment().start());
            if (its * 2 >= place.segment().length()) {
                return place;
            }
            if (its > bytes) {
                most = place;
                bytes = its;
            }
        }
        return most;
    }

    private Viewer viewerAt(Place place, int nearRows, List<Integer> abandoned) {
        for (int i = viewers.size() - 1; i >= 0; i--) {
            Viewer viewer = viewers.get(i);
            if (viewer.level == place.level() && viewer.box.isNear(place.row(), place.column(), nearRows, NEAR_TILES)) {
                viewers.add(viewers.remove(i));
                return viewer;
            }
        }
        int zoom = zoomed(place, abandoned);
        if (viewers.size() >= MAX_VIEWERS) {
            abandoned.add(nameOf(viewers.removeFirst()));
        }
        Viewer viewer = new Viewer(nextViewer++, place.level(), zoom, place.row(), place.column());
        viewers.add(viewer);
        return viewer;
    }

    /** Whether somebody looked at the same part on another level just now; who did is here from now on. */
    private int zoomed(Place place, List<Integer> abandoned) {
        Region region = new Region(place.level(), place.row(), place.row(), place.column(), place.column());
        for (int i = viewers.size() - 1; i >= 0; i--) {
            Viewer viewer = viewers.get(i);
            Optional<Region> there =
                    viewer.level == place.level() ? Optional.empty() : pyramid.projected(region, viewer.level);
            if (there.isPresent()
                    && viewer.box.isNear(there.get().top(), there.get().left(), 1, 1)) {
                int sign = Long.signum(widthOf(place.level()) - widthOf(viewer.level));
                abandoned.add(nameOf(viewers.remove(i)));
                return Integer.signum(viewer.zoom) == sign ? viewer.zoom + sign : sign;
            }
        }
        return 0;
    }

    private long widthOf(int level) {
        return layout.levels().get(level).grid().width();
    }
}
