package org.omerods.cli.command;

import picocli.CommandLine.IVersionProvider;

/** Version of this program, from the jar's manifest. */
public final class Version implements IVersionProvider {
    /** {@code development} when run from class files. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "omerods " + text(),
            "Java " + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.version")
        };
    }
}
