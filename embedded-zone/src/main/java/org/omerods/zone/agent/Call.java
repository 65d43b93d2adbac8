package org.omerods.zone.agent;

import java.io.IOException;
import java.sql.SQLException;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Reply;

/** One call of the protocol: number, name, and what it does. */
record Call(int number, String name, boolean beforeLogin, Handler handler) {
    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        Reply answer(Session session, Request request) throws ApiException, SQLException, IOException;
    }

    /** A call for users who are logged in. */
    static Call of(int number, String name, Handler handler) {
        return new Call(number, name, false, handler);
    }

    /** A call that is also open to those who are not logged in. */
    static Call beforeLogin(int number, String name, Handler handler) {
        return new Call(number, name, true, handler);
    }
}
