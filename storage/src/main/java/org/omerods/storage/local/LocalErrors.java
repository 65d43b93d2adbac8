package org.omerods.storage.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;

/** Turns what java.nio throws into a {@link StorageException}. */
final class LocalErrors {
    private LocalErrors() {}

    @FunctionalInterface
    interface Body<T> {
        T run() throws IOException, StorageException;
    }

    static <T> T run(String operation, StoragePath path, Body<T> body) throws StorageException {
        try {
            return body.run();
        } catch (IOException e) {
            throw translate(operation, path, e);
        }
    }

    static StorageException translate(String operation, StoragePath path, IOException e) {
        return new StorageException(reasonOf(e), operation, path.value(), textOf(e), e);
    }

    private static Reason reasonOf(IOException e) {
        return switch (e) {
            case NoSuchFileException x -> Reason.NOT_FOUND;
            case FileAlreadyExistsException x -> Reason.ALREADY_EXISTS;
            case DirectoryNotEmptyException x -> Reason.NOT_EMPTY;
            case NotDirectoryException x -> Reason.NOT_A_COLLECTION;
            case AccessDeniedException x -> Reason.ACCESS_DENIED;
            case LocalEntries.SpecialFileException x -> Reason.UNSUPPORTED;
            case ClosedByInterruptException x -> Reason.INTERRUPTED;
            case ClosedChannelException x -> Reason.CLOSED;
            default -> byText(textOf(e));
        };
    }

    /** java.nio has no type for these; the texts are strerror(3)'s. */
    private static Reason byText(String text) {
        if (text.contains("No space left") || text.contains("quota exceeded")) {
            return Reason.NO_SPACE;
        }
        if (text.contains("Not a directory")) {
            return Reason.NOT_A_COLLECTION;
        }
        if (text.contains("File name too long")) {
            return Reason.NAME_TOO_LONG;
        }
        return text.contains("Read-only file system") ? Reason.READ_ONLY : Reason.UNAVAILABLE;
    }

    private static String textOf(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        String message = e.getMessage();
        return e.getClass().getSimpleName().replace("Exception", "") + (message == null ? "" : " " + message);
    }
}
