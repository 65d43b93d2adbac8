package org.omerods.storage.irods.wire;

/** The messages that a server may add to a reply, good or bad. */
public final class ErrorStack {
    private static final int MAX_TEXT = 300;

    private ErrorStack() {}

    /** The first message, or nothing. Never fails: this is only ever extra text for a person. */
    public static String firstMessage(byte[] stack) {
        try {
            XmlReader xml = new XmlReader(stack);
            xml.open("RError_PI");
            if (xml.integer("count") > 0 && xml.openIfAt("RErrMsg_PI")) {
                xml.number("status");
                String text = xml.text("msg").strip();
                return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
            }
            return "";
        } catch (MalformedMessage e) {
            return "";
        }
    }
}
