package org.omerods.omero.metadata;

import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/** Throws what the JDK's parser would print. */
final class QuietErrors implements ErrorHandler {
    @Override
    public void warning(SAXParseException warning) {
        // nothing that keeps a document from being read
    }

    @Override
    public void error(SAXParseException error) throws SAXParseException {
        throw error;
    }

    @Override
    public void fatalError(SAXParseException error) throws SAXParseException {
        throw error;
    }
}
