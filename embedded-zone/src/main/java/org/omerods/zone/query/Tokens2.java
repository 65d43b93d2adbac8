package org.omerods.zone.query;

import java.util.List;
import org.omerods.zone.wire.ApiException;

/** The tokens of a GenQuery 2, taken one after the other. Key words are compared without case. For one thread. */
final class Tokens2 {
    private final List<Lexer2.Token> tokens;
    private int at;

    Tokens2(String query) throws ApiException {
        tokens = Lexer2.tokens(query);
    }

    Lexer2.Token peek() {
        return tokens.get(at);
    }

    /** The token behind the next one; the end where there is none. */
    Lexer2.Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Lexer2.Token take() {
        Lexer2.Token token = tokens.get(at);
        if (token.kind() != Lexer2.Kind.END) {
            at++;
        }
        return token;
    }

    boolean isAtEnd() {
        return peek().kind() == Lexer2.Kind.END;
    }

    /** Whether the next token is the word or sign {@code expected}. */
    boolean is(String expected) {
        return peek().kind() != Lexer2.Kind.TEXT && peek().text().equalsIgnoreCase(expected);
    }

    /** Takes the word or sign {@code expected} where it is next. */
    boolean accept(String expected) {
        boolean found = is(expected);
        if (found) {
            at++;
        }
        return found;
    }

    void expect(String expected) throws ApiException {
        if (!accept(expected)) {
            throw Lexer2.syntax();
        }
    }

    /** A number, as limits and offsets are. */
    long number() throws ApiException {
        Lexer2.Token token = take();
        if (token.kind() != Lexer2.Kind.NUMBER || token.text().length() > 18) {
            throw Lexer2.syntax();
        }
        return Long.parseLong(token.text());
    }

    /** A text between quotes. */
    String text() throws ApiException {
        Lexer2.Token token = take();
        if (token.kind() != Lexer2.Kind.TEXT) {
            throw Lexer2.syntax();
        }
        return token.text();
    }
}
