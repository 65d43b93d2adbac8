// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.wake;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationAdapter;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes the companion after a transaction that changed something was committed. OMERO publishes these events inside the
 * transaction, where an exception of a listener would undo the user's work: so nothing is thrown, ever, and nothing is
 * done before the commit.
 */
public final class CommitListener implements ApplicationListener<ApplicationEvent> {
    private static final Logger log = LoggerFactory.getLogger(CommitListener.class);

    /** Events that speak of changed rows, by name: OMERO's classes are not there when this is compiled. */
    private static final Set<String> CHANGES = Set.of(
            "ome.services.messages.EventLogsMessage",
            "ome.services.messages.EventLogMessage",
            "ome.services.messages.DeleteLogsMessage");

    private final Wakeable companion;

    public CommitListener(Wakeable companion) {
        this.companion = companion;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        try {
            if (CHANGES.contains(event.getClass().getName())) {
                wakeAfterCommit();
            }
        } catch (Throwable e) {
            quietly(e);
        }
    }

    private void wakeAfterCommit() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            companion.wake();
            return;
        }
        for (TransactionSynchronization present : TransactionSynchronizationManager.getSynchronizations()) {
            if (present instanceof AfterCommit) {
                return; // one for a transaction is enough
            }
        }
        TransactionSynchronizationManager.registerSynchronization(new AfterCommit(companion));
    }

    private static void quietly(Throwable failure) {
        try {
            log.debug("the companion was not woken: {}", failure.toString());
        } catch (Throwable e) {
            // Not even a broken log may undo a user's transaction.
        }
    }

    private static final class AfterCommit extends TransactionSynchronizationAdapter {
        private final Wakeable companion;

        private AfterCommit(Wakeable companion) {
            this.companion = companion;
        }

        @Override
        public void afterCommit() {
            try {
                companion.wake();
            } catch (Throwable e) {
                quietly(e);
            }
        }
    }
}
