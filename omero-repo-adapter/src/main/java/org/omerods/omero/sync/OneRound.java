package org.omerods.omero.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets tasks do what there is to do now, one after the other, and ends: each is passed until it has nothing more to do and
 * nothing of it is under way. A task that fails keeps none of the others. One thread.
 */
public final class OneRound {
    private static final Logger log = LoggerFactory.getLogger(OneRound.class);

    /** How often it is looked whether what is under way has ended. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final SyncStatus status;
    private final Duration betweenLooks;

    public OneRound(SyncStatus status) {
        this(status, BETWEEN_LOOKS);
    }

    OneRound(SyncStatus status, Duration betweenLooks) {
        this.status = status;
        this.betweenLooks = betweenLooks;
    }

    /**
     * How a task ended.
     *
     * @param failure why it did not do all; empty when it did
     */
    public record Outcome(String task, Optional<String> failure) {}

    /**
     * Runs the tasks in their order.
     *
     * @throws InterruptedException when somebody does not want to wait for the end; what is under way is left to its owner
     */
    public List<Outcome> run(List<? extends SyncTask> tasks) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (SyncTask task : tasks) {
            outcomes.add(new Outcome(task.name(), run(task)));
        }
        return List.copyOf(outcomes);
    }

    private Optional<String> run(SyncTask task) throws InterruptedException {
        try {
            boolean more;
            do {
                more = task.pass().isZero();
                status.succeeded(task.name());
                if (task.isUnderWay()) {
                    Thread.sleep(betweenLooks);
                    more = true;
                }
            } while (more);
            return Optional.empty();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            status.failed(task.name(), e);
            log.debug("task {} failed", task.name(), e);
            return Optional.of(status.task(task.name()).lastError());
        }
    }
}
