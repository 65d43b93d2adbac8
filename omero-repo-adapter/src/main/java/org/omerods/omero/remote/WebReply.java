package org.omerods.omero.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** One answer of OMERO.web: status, where it redirects to (empty: nowhere), body. */
record WebReply(int status, String location, String body) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SHOWN = 200;

    /** The body as JSON; a missing node where it is none (errors are HTML or a Python traceback). */
    JsonNode json() {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /**
     * Whether the session is over. The parts of OMERO.web say it in three ways: /api with a message, the web client's
     * AJAX routes with an empty 403, everything else by a redirect to the login page.
     */
    boolean saysNotLoggedIn() {
        if (status == 302) {
            return location.contains("/login");
        }
        return status == 403 && (body.isBlank() || message().startsWith("Not logged in"));
    }

    /** Whether Django refused the request before anybody looked at it. */
    boolean saysCsrfFailed() {
        return status == 403 && message().startsWith("CSRF");
    }

    /** What OMERO.web says about a failure, in a line; of a traceback the last line, where Python puts the reason. */
    String problem() {
        String text = message();
        if (text.isEmpty()) {
            text = body.strip().lines().reduce("", (first, second) -> second).strip();
        }
        String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return "OMERO.web answers " + status + (cut.isEmpty() ? "" : " (" + cut + ")");
    }

    private String message() {
        return json().path("message").asText("");
    }
}
