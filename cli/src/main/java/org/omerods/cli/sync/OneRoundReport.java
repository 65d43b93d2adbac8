package org.omerods.cli.sync;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.omerods.omero.sync.MirrorTasks;
import org.omerods.omero.sync.OneRound;
import org.omerods.omero.sync.SyncStatus;
import org.omerods.omero.sync.SyncTask;

/** Does once what a companion does again and again, and tells a line of each task. */
public final class OneRoundReport {
    /** What one task leaves is seen by those behind it: imports make filesets, promotion links, the mirror tells both. */
    private static final List<String> ORDER = List.of("imports", "promotion", "links", "mirror", "annotations");

    private final SyncStatus status;
    private final PrintWriter out;

    public OneRoundReport(SyncStatus status, PrintWriter out) {
        this.status = status;
        this.out = out;
    }

    /** Returns whether every task came to its end, and no import, promotion or annotation failed. */
    public boolean run(MirrorTasks mirror, List<SyncTask> actions) throws SQLException, InterruptedException {
        List<SyncTask> tasks = new ArrayList<>(actions);
        tasks.add(mirror);
        tasks.sort(Comparator.comparingInt(task -> ORDER.indexOf(task.name())));
        boolean failed = false;
        for (OneRound.Outcome outcome : new OneRound(status).run(tasks)) {
            String told = outcome.failure().isPresent()
                    ? "failed: " + outcome.failure().get()
                    : told(outcome.task(), mirror);
            out.println(outcome.task() + ": " + told);
            failed |= outcome.failure().isPresent() || status.count(outcome.task() + ".failed") > 0;
        }
        out.flush();
        return !failed;
    }

    private String told(String task, MirrorTasks mirror) throws SQLException {
        return switch (task) {
            case "imports" ->
                status.count("imports.done") + " done, " + status.count("imports.failed") + " failed, "
                        + status.count("imports.postponed") + " put off";
            case "promotion" ->
                status.count("promotion.files") + " files of " + status.count("promotion.bytes") + " bytes moved, "
                        + status.count("promotion.left") + " left, " + status.count("promotion.failed") + " failed";
            case "links" ->
                status.level("links.all") + " looked at, " + status.count("links.fixed") + " put right, "
                        + status.level("links.wrong") + " wrong";
            case "annotations" ->
                status.count("annotations.compared") + " images compared, " + status.count("annotations.changed")
                        + " changed, " + status.count("annotations.failed") + " failed";
            default -> mirror.task().hasWork() ? mirrored(status) : "another companion does the work";
        };
    }

    /** What the mirror did so far. */
    public static String mirrored(SyncStatus status) {
        return status.count("mirror.objects-changed") + " objects changed, "
                + status.count("mirror.triples-added") + " triples added, "
                + status.count("mirror.triples-removed") + " removed; "
                + status.count("mirror.objects-missing") + " objects are not in iRODS, "
                + status.count("mirror.objects-refused") + " may not be changed";
    }
}
