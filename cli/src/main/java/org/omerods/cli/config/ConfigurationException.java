package org.omerods.cli.config;

/** A configuration that cannot be used; the message names the setting, where its value came from, and the remedy. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
