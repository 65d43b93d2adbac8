package org.omerods.fs.users;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omerods.fs.vfs.KernelCache;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The views that are open, made when their user comes and closed when he was not seen for a while. Thread-safe. */
final class UserViews implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UserViews.class);

    /** Each view has connections, a metadata cache and block files of its own. */
    static final int MAX_VIEWS = 128;

    /** Longer than a coffee break, so that a viewer's next look is warm. */
    static final Duration IDLE = Duration.ofMinutes(30);

    private final Opener opener;
    private final Map<Integer, Seen> views = new HashMap<>();
    private KernelCache kernel = KernelCache.NONE;
    private boolean closed;

    /** Makes views. */
    @FunctionalInterface
    interface Opener {
        /**
         * The view of a user of this machine; asks no server yet.
         *
         * @return empty for one who has no counterpart in the place
         */
        Optional<UserView> open(int uid) throws IOException;
    }

    private static final class Seen {
        final UserView view;
        long lastNanos;
        int holds;

        Seen(UserView view) {
            this.view = view;
        }
    }

    UserViews(Opener opener) {
        this.opener = opener;
    }

    synchronized void attach(KernelCache attached) {
        kernel = attached;
        views.values().forEach(seen -> seen.view.filesystem().attach(attached));
    }

    /** The view of a user; empty for one without a counterpart, or where none can be made now. */
    Optional<UserView> of(int uid) {
        List<UserView> idle = new ArrayList<>();
        try {
            synchronized (this) {
                Seen seen = views.get(uid);
                if (seen == null) {
                    takeIdle(idle);
                    seen = open(uid);
                }
                if (seen == null) {
                    return Optional.empty();
                }
                seen.lastNanos = System.nanoTime();
                return Optional.of(seen.view);
            }
        } finally {
            idle.forEach(view -> Thread.ofVirtual().name("close-view").start(view.close()));
        }
    }

    private @Nullable Seen open(int uid) {
        if (closed) {
            return null;
        }
        if (views.size() >= MAX_VIEWS) {
            log.warn("{} users are active: uid {} is refused until one of them is idle", MAX_VIEWS, uid);
            return null;
        }
        try {
            Optional<UserView> view = opener.open(uid);
            if (view.isEmpty()) {
                return null;
            }
            view.get().filesystem().attach(kernel);
            log.info("uid {} sees the mount as {}", uid, view.get().user());
            Seen seen = new Seen(view.get());
            views.put(uid, seen);
            return seen;
        } catch (IOException e) {
            log.error("no view for uid {}: {}", uid, e.getMessage());
            return null;
        }
    }

    private void takeIdle(List<UserView> idle) {
        long now = System.nanoTime();
        views.values().removeIf(seen -> {
            boolean gone = seen.holds == 0 && now - seen.lastNanos > IDLE.toNanos();
            if (gone) {
                idle.add(seen.view);
            }
            return gone;
        });
    }

    /** A handle or a reference of the kernel keeps a view: {@code more} is 1 or -1. */
    @SuppressWarnings("ReferenceEquality") // the very same view is meant
    synchronized void hold(UserView view, int more) {
        for (Seen seen : views.values()) {
            if (seen.view.equals(view)) {
                seen.holds += more;
            }
        }
    }

    @Override
    public void close() {
        List<UserView> all;
        synchronized (this) {
            closed = true;
            all = views.values().stream().map(seen -> seen.view).toList();
            views.clear();
        }
        all.forEach(view -> view.close().run());
    }
}
