package org.omerods.zone.wire;

/** What happens on purpose to one request. */
public sealed interface CallFault {

    /** Nothing. */
    record None() implements CallFault {}

    /** The connection is closed at some moment of the call. */
    record Cut(Moment moment) implements CallFault {}

    /** The call is not made; the answer is this negative status. */
    record Refuse(int status) implements CallFault {}

    /** When a connection is closed. */
    enum Moment {
        /** Nothing of the call has happened. */
        BEFORE_IT,
        /** Half of its binary part has arrived, and nothing has happened. */
        IN_ITS_DATA,
        /** It has happened, and the client does not get to know. */
        AFTER_IT
    }
}
