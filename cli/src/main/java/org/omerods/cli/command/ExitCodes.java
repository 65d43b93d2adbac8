package org.omerods.cli.command;

/** What the process' exit status says; docs/configuration.md lists them for scripts. */
public final class ExitCodes {
    public static final int OK = 0;
    /** The operation failed; the message says why. */
    public static final int FAILED = 1;
    /** Wrong words on the command line. */
    public static final int USAGE = 2;
    /** This machine lacks something: a JDK, /dev/fuse, a program. */
    public static final int MISSING = 3;
    /** The configuration cannot be used. */
    public static final int CONFIGURATION = 4;
    /** The server refused the login. */
    public static final int LOGIN = 5;
    /** The server cannot be reached. */
    public static final int UNAVAILABLE = 6;
    /** Ended by a signal, as shells say it. */
    public static final int INTERRUPTED = 130;

    private ExitCodes() {}
}
