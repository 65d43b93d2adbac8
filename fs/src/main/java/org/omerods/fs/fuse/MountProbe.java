package org.omerods.fs.fuse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.omerods.fs.fuse.linux.Libc;
import org.omerods.fs.fuse.linux.LinuxErrno;

/** Asks a path whether it answers, without ever waiting longer than told: a call on a mount that hangs hangs as well. */
public final class MountProbe {
    private MountProbe() {}

    /** How a path answered. */
    public enum Health {
        /** A stat on it works. */
        ANSWERS,
        /** The program that served the mount is gone (ENOTCONN). */
        DEAD,
        /** Another error: no such path, no permission, an error of the filesystem. */
        FAILS,
        /** No answer in time. */
        SILENT
    }

    /** Waits at most {@code limit}; an interrupt counts as no answer and is kept. */
    public static Health probe(Path path, Duration limit) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        // a thread per question: it may stay in the kernel for as long as the mount hangs
        Thread.ofPlatform().name("mount-probe").daemon().start(() -> answer.complete(ask(path.toString())));
        try {
            int result = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return switch (result) {
                case 0 -> Health.ANSWERS;
                case -LinuxErrno.ENOTCONN, -LinuxErrno.ECONNABORTED -> Health.DEAD;
                default -> Health.FAILS;
            };
        } catch (TimeoutException e) {
            return Health.SILENT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.SILENT;
        } catch (ExecutionException e) {
            return Health.FAILS;
        }
    }

    /** The kernel answers a stat from its caches even for a dead mount; a statfs it never does. */
    private static int ask(String path) {
        int result = Libc.exists(path);
        if (result == 0) {
            int statfs = Libc.statfs(path);
            return statfs == -LinuxErrno.ENOTCONN || statfs == -LinuxErrno.ECONNABORTED ? statfs : 0;
        }
        return result;
    }
}
