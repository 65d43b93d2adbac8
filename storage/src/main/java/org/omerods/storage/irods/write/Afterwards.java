package org.omerods.storage.irods.write;

import java.util.List;
import java.util.Optional;
import org.omerods.storage.DataObject;
import org.omerods.storage.StorageException;
import org.omerods.storage.StorageException.Reason;
import org.omerods.storage.StoragePath;
import org.omerods.storage.irods.catalog.ObjectQuestion;
import org.omerods.storage.irods.session.Connection;
import org.omerods.storage.irods.session.ConnectionException;
import org.omerods.storage.irods.session.Exchange;
import org.omerods.storage.irods.session.Request;
import org.omerods.storage.irods.wire.MalformedMessage;

/** Changes an object and asks in the same flight what became of it. */
final class Afterwards {
    private Afterwards() {}

    /**
     * The object at {@code path} as it is after {@code change}; empty when there is none.
     *
     * @throws StorageException what the server says of the change, CORRUPT when its answer cannot be read
     */
    static Optional<DataObject> of(Connection connection, Request change, StoragePath path)
            throws ConnectionException, InterruptedException, StorageException {
        ObjectQuestion question = new ObjectQuestion(path);
        List<Exchange> exchanges = connection.submitAll(List.of(change, question.request()));
        exchanges.getFirst().await().orThrow("write", path.value());
        try {
            ObjectQuestion.Answer answer = question.answer(exchanges.getLast().await());
            if (!answer.isWhole()) {
                connection.retire();
            }
            return answer.present();
        } catch (MalformedMessage e) {
            throw new StorageException(
                    Reason.CORRUPT, "write", path.value(), "the server's answer is damaged: " + e.getMessage(), e);
        }
    }
}
