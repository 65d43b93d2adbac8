package org.omerods.cli.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.omerods.cli.terminal.Bytes;
import org.omerods.slides.Level;
import org.omerods.slides.SlideReport;

/** What the demo prints: plain text, at most 100 columns. */
final class DemoReport {
    private static final int SUBJECT_WIDTH = 12;
    private static final int CELL_WIDTH = 12;

    private final PrintWriter out;

    DemoReport(PrintWriter out) {
        this.out = out;
    }

    void slide(SlideReport slide) {
        Level base = slide.levels().getFirst();
        line(
                "slide",
                base.width() + " x " + base.height() + " pixels, "
                        + slide.levels().size() + " levels, " + Bytes.shown(slide.bytes()) + ", made in "
                        + seconds(slide.seconds()));
    }

    void stored(String path, DemoZone zone, double seconds) {
        line("zone", zone.address() + ", object " + path + ", stored in " + seconds(seconds));
    }

    void mounted(Path slide, String driver) {
        line("mount", slide + ", read-only, driver " + driver);
    }

    void reader(SlideReader reader) {
        line("reader", reader.name());
    }

    void measurements(List<Measurement> measurements) {
        out.println();
        row("", "cold", "warm", "read", "from zone", "per byte", "zone, warm");
        for (Measurement m : measurements) {
            row(
                    m.name(),
                    seconds(m.coldSeconds()),
                    seconds(m.warmSeconds()),
                    Bytes.shown(m.readBytes()),
                    Bytes.shown(m.fetchedBytes()),
                    String.format(Locale.ROOT, "%.2f", m.amplification()),
                    Bytes.shown(m.fetchedWarmBytes()));
        }
        out.println();
        out.println("  cold: first thing on a fresh mount; warm: the same again. read: what the programs asked of the");
        out.println("  mount, cold; from zone: what the zone sent for it, cold and then warm.");
        for (Measurement m : measurements) {
            line(m.name(), m.what());
        }
    }

    void pictures(Path overview, Path tile) {
        line("pictures", overview + " and " + tile);
    }

    void howToGoOn() {
        line("go on", "./omerods demo --stay                  leaves zone and mount up to look around");
        line("", "./omerods zone DIRECTORY               serves your own slides as such a zone");
        line("", "./omerods mount /zone/home/you FOLDER  mounts a real iRODS zone (log in with iinit)");
    }

    /** For a demo that stays. */
    void login(DemoZone zone, DemoMount mount, DemoLogin login) {
        out.println();
        line("stays up", "until Ctrl-C; in another terminal:");
        line("", "ls -l " + mount.slide());
        line(
                "",
                "./omerods mount --environment " + login.environment() + " --password-file " + login.passwordFile()
                        + " " + zone.home() + " FOLDER");
        line(
                "",
                "IRODS_ENVIRONMENT_FILE=" + login.environment()
                        + " iinit  (any iRODS client; password in the other file)");
    }

    private void line(String subject, String text) {
        out.println("  " + padded(subject, SUBJECT_WIDTH) + text);
        out.flush();
    }

    private void row(String name, String... cells) {
        StringBuilder row = new StringBuilder("  ").append(padded(name, SUBJECT_WIDTH));
        for (String cell : cells) {
            row.append(" ".repeat(Math.max(1, CELL_WIDTH - cell.length()))).append(cell);
        }
        out.println(row);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    private static String seconds(double seconds) {
        return seconds < 10
                ? String.format(Locale.ROOT, "%.2f s", seconds)
                : String.format(Locale.ROOT, "%.0f s", seconds);
    }
}
