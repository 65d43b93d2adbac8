package org.omerods.omero.sync;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What to tell a person of an exception: the library's exceptions of files have the path alone as their message. */
public final class FailureText {
    private FailureText() {}

    /** One line, without the names of classes where the exception has words of its own. */
    public static String of(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + " is not there";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or changed by this user";
            case FileSystemException e when e.getReason() == null -> String.valueOf(e);
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }
}
