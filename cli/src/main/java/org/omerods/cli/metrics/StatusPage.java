package org.omerods.cli.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A status document for people: one page without scripts that renews itself. Pure; everything is escaped. */
final class StatusPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --soft: #8882; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
            h1 { font-size: 1.4rem; margin: 0 0 .2rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
            p { margin: 0; opacity: .75; } table { border-collapse: collapse; width: 100%; }
            td, th { border-bottom: 1px solid var(--line); padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top; }
            td.figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            tr:hover { background: var(--soft); } .bad { color: #c22; } a { color: inherit; }
            """;

    private StatusPage() {}

    static String of(String title, JsonNode status, int renewSeconds) {
        StringBuilder page = new StringBuilder()
                .append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\"")
                .append(" content=\"width=device-width\"><meta http-equiv=\"refresh\" content=\"")
                .append(renewSeconds)
                .append("\"><title>")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>")
                .append(escaped(title))
                .append("</h1><p>")
                .append(status.has("time") ? escaped(status.path("time").asText()) + " · " : "")
                .append("<a href=\"status.json\">JSON</a> · <a href=\"metrics\">metrics</a></p>");
        for (Map.Entry<String, JsonNode> part : status.properties()) {
            if (part.getValue().isContainerNode() && !part.getValue().isEmpty()) {
                page.append("<h2>").append(escaped(words(part.getKey()))).append("</h2><table>");
                append(page, "", part.getValue());
                page.append("</table>");
            }
        }
        return page.append("</body></html>").toString();
    }

    private static void append(StringBuilder page, String name, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> append(
                            page, name.isEmpty() ? field.getKey() : name + " · " + field.getKey(), field.getValue()));
        } else if (node.isArray()) {
            node.forEach(item -> append(page, name, item));
        } else {
            boolean bad = isBad(name, node);
            page.append("<tr><td>")
                    .append(escaped(words(name)))
                    .append(node.isNumber() ? "</td><td class=\"figure" : "</td><td class=\"text")
                    .append(bad ? " bad\">" : "\">")
                    .append(escaped(node.isNumber() ? String.format("%,d", node.asLong()) : node.asText()))
                    .append("</td></tr>");
        }
    }

    private static boolean isBad(String name, JsonNode node) {
        String last = name.substring(name.lastIndexOf(' ') + 1);
        return (last.equals("lastError") && !node.asText().isEmpty())
                || ((last.equals("failures") || last.equals("wrongObjects")) && node.asLong() > 0);
    }

    /** {@code bytesAsked} is "bytes asked". */
    private static String words(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(java.util.Locale.ROOT);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
