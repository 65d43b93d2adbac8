package org.omerods.zone.query;

import java.util.ArrayList;
import java.util.List;
import org.omerods.zone.wire.ApiException;
import org.omerods.zone.wire.Status;

/** Cuts a GenQuery 2 into words, texts, numbers and signs. */
final class Lexer2 {
    /** What a token is. */
    enum Kind {
        WORD,
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    /** A token; of a text, its content. */
    record Token(Kind kind, String text) {}

    private final String query;
    private int position;

    private Lexer2(String query) {
        this.query = query;
    }

    static List<Token> tokens(String query) throws ApiException {
        Lexer2 lexer = new Lexer2(query);
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = lexer.next();
            tokens.add(token);
        } while (token.kind() != Kind.END);
        return tokens;
    }

    private Token next() throws ApiException {
        while (position < query.length() && Character.isWhitespace(query.charAt(position))) {
            position++;
        }
        if (position == query.length()) {
            return new Token(Kind.END, "");
        }
        char c = query.charAt(position);
        if (c == '\'') {
            return new Token(Kind.TEXT, text());
        }
        if (Character.isLetter(c) || c == '_') {
            return new Token(Kind.WORD, run(true));
        }
        if (Character.isDigit(c)) {
            return new Token(Kind.NUMBER, run(false));
        }
        for (String sign : List.of("<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", ",")) {
            if (query.startsWith(sign, position)) {
                position += sign.length();
                return new Token(Kind.SIGN, sign);
            }
        }
        throw syntax();
    }

    private String run(boolean letters) {
        int start = position;
        while (position < query.length()) {
            char c = query.charAt(position);
            if (!Character.isDigit(c) && !(letters && (Character.isLetter(c) || c == '_'))) {
                break;
            }
            position++;
        }
        return query.substring(start, position);
    }

    /** A literal: two quotes stand for one, and {@code \xHH} for a byte. */
    private String text() throws ApiException {
        StringBuilder content = new StringBuilder();
        position++;
        while (position < query.length()) {
            char c = query.charAt(position++);
            if (c == '\'') {
                if (position == query.length() || query.charAt(position) != '\'') {
                    return content.toString();
                }
                position++;
            } else if (c == '\\' && query.substring(position).matches("(?s)x[0-9a-fA-F]{2}.*")) {
                c = (char) Integer.parseInt(query.substring(position + 1, position + 3), 16);
                position += 3;
            }
            content.append(c);
        }
        throw syntax();
    }

    static ApiException syntax() {
        return new ApiException(Status.LIBRARY, "the query has a syntax error");
    }
}
