package org.omerods.fs.fuse;

import java.util.List;
import org.omerods.fs.fuse.dev.DevFuseDriver;
import org.omerods.fs.fuse.jnr.JnrFuseDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The drivers, by the name that {@code --driver} gives them. */
public final class FuseDrivers {
    /** What {@code --driver} takes. */
    public static final List<String> CHOICES = List.of("auto", "dev", "jnr");

    private static final Logger log = LoggerFactory.getLogger(FuseDrivers.class);

    private FuseDrivers() {}

    /**
     * The driver of that name; for {@code auto} the first that works here, the kernel's protocol before libfuse.
     *
     * @throws IllegalArgumentException when there is no such driver, or none works here: the message has the remedies
     */
    public static FuseDriver choose(String name) {
        return switch (name) {
            case "auto" -> choose(new DevFuseDriver(), new JnrFuseDriver());
            case "dev" -> checked(new DevFuseDriver());
            case "jnr" -> checked(new JnrFuseDriver());
            default ->
                throw new IllegalArgumentException(
                        "driver '" + name + "': there is none; name one of " + String.join(", ", CHOICES));
        };
    }

    static FuseDriver choose(FuseDriver first, FuseDriver second) {
        String reason = first.unavailableBecause();
        if (reason.isEmpty()) {
            return first;
        }
        String other = second.unavailableBecause();
        if (other.isEmpty()) {
            log.info("using the driver {}: {} cannot work here, {}", second.name(), first.name(), reason);
            return second;
        }
        throw new IllegalArgumentException(
                "no driver works here. " + first.name() + ": " + reason + ". " + second.name() + ": " + other);
    }

    private static FuseDriver checked(FuseDriver driver) {
        String reason = driver.unavailableBecause();
        if (!reason.isEmpty()) {
            throw new IllegalArgumentException("driver " + driver.name() + " cannot work here: " + reason);
        }
        return driver;
    }
}
