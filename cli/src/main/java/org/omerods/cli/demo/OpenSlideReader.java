package org.omerods.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSlide by its command-line tools: the library that most viewers of slides are built on. */
final class OpenSlideReader implements SlideReader {
    private static final String PROPERTIES = "openslide-show-properties";
    private static final String WRITE_PNG = "openslide-write-png";
    private static final Pattern LEVEL = Pattern.compile("openslide\\.level\\[(\\d+)]\\.(width|height): '(\\d+)'");
    private static final Pattern VERSION = Pattern.compile("using OpenSlide ([0-9.]+)");

    /** The overview is the largest level that fits a screen. */
    private static final int OVERVIEW_SIDE = 2000;

    private static final int TILE_SIDE = 1024;

    private final Programs programs;
    private final String version;

    private OpenSlideReader(Programs programs, String version) {
        this.programs = programs;
        this.version = version;
    }

    /** Empty where the tools are not installed. */
    static Optional<SlideReader> find(Programs programs) throws IOException, InterruptedException {
        if (Programs.find(PROPERTIES).isEmpty() || Programs.find(WRITE_PNG).isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = VERSION.matcher(programs.run(List.of(PROPERTIES, "--version")));
        return Optional.of(new OpenSlideReader(programs, matcher.find() ? matcher.group(1) : "of unknown version"));
    }

    @Override
    public String name() {
        return "OpenSlide " + version;
    }

    @Override
    public String properties(Path slide) throws IOException, InterruptedException {
        String text = show(slide);
        List<int[]> levels = levels(text);
        return text.lines().count() + " properties, " + levels.size() + " levels";
    }

    @Override
    public String overview(Path slide, Path png) throws IOException, InterruptedException {
        List<int[]> levels = levels(show(slide));
        int level = 0;
        while (level < levels.size() - 1 && Math.max(levels.get(level)[0], levels.get(level)[1]) > OVERVIEW_SIDE) {
            level++;
        }
        int[] size = levels.get(level);
        write(slide, 0, 0, level, size[0], size[1], png);
        return "level " + level + ", " + size[0] + " x " + size[1] + " pixels";
    }

    @Override
    public String tile(Path slide, Path png) throws IOException, InterruptedException {
        int[] size = levels(show(slide)).getFirst();
        int width = Math.min(TILE_SIDE, size[0]);
        int height = Math.min(TILE_SIDE, size[1]);
        int x = Math.min(DemoSlide.tileX(size[0]), size[0] - width);
        int y = Math.min(DemoSlide.tileY(size[1]), size[1] - height);
        write(slide, x, y, 0, width, height, png);
        return "level 0, " + width + " x " + height + " pixels at " + x + ", " + y;
    }

    private void write(Path slide, int x, int y, int level, int width, int height, Path png)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(WRITE_PNG, slide.toString()));
        for (int number : new int[] {x, y, level, width, height}) {
            command.add(Integer.toString(number));
        }
        command.add(png.toString());
        programs.run(command);
    }

    private String show(Path slide) throws IOException, InterruptedException {
        return programs.run(List.of(PROPERTIES, slide.toString()));
    }

    /** Width and height of each level. */
    private static List<int[]> levels(String properties) throws IOException {
        List<int[]> levels = new ArrayList<>();
        Matcher matcher = LEVEL.matcher(properties);
        while (matcher.find()) {
            int level = Integer.parseInt(matcher.group(1));
            while (levels.size() <= level) {
                levels.add(new int[2]);
            }
            levels.get(level)[matcher.group(2).equals("width") ? 0 : 1] = Integer.parseInt(matcher.group(3));
        }
        if (levels.isEmpty()) {
            throw new IOException(PROPERTIES + " tells no level: " + properties);
        }
        return levels;
    }
}
