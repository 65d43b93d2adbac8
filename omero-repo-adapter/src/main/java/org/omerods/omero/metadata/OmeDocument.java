package org.omerods.omero.metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import ome.xml.model.OME;
import ome.xml.model.OMEModel;
import ome.xml.model.OMEModelImpl;
import ome.xml.model.enums.EnumerationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** Parses OME-XML with the OME libraries. A document from somebody else's file can ask for nothing outside of itself. */
final class OmeDocument {
    /** A plate of thousands of fields has some MiB; more is no metadata of one file. */
    static final int MAX_BYTES = 32 << 20;

    /** How far into a text the root element is looked for: behind a declaration and a comment. */
    private static final int PROLOGUE_BYTES = 8192;

    private OmeDocument() {}

    /** Whether it is worth parsing: other programs keep other texts in the same places. */
    static boolean looksLikeOne(byte[] text) {
        String start = new String(text, 0, Math.min(text.length, PROLOGUE_BYTES), StandardCharsets.UTF_8);
        return start.stripLeading().startsWith("<") && start.contains("OME");
    }

    /**
     * The document with its references resolved.
     *
     * @throws MetadataException when it is no OME-XML that the libraries (schema 2016-06) understand
     */
    static OME parse(byte[] xml) throws MetadataException {
        if (xml.length > MAX_BYTES) {
            throw new MetadataException("OME-XML of " + xml.length + " bytes: at most " + MAX_BYTES + " are read");
        }
        try {
            Document document = builder().parse(new ByteArrayInputStream(xml));
            OMEModel model = new OMEModelImpl();
            OME root = new OME(document.getDocumentElement(), model);
            model.resolveReferences();
            return root;
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new MetadataException("not well-formed OME-XML: " + e.getMessage(), e);
        } catch (EnumerationException | RuntimeException e) {
            throw new MetadataException("not OME-XML of schema 2016-06: " + e.getMessage(), e);
        }
    }

    /** No document type, hence no entities; nothing is fetched; the JDK's limits on size and depth hold. */
    private static DocumentBuilder builder() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(new QuietErrors());
        return builder;
    }
}
