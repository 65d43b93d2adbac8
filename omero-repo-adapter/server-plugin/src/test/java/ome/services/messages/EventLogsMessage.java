// SPDX-License-Identifier: GPL-2.0-or-later
package ome.services.messages;

import org.springframework.context.ApplicationEvent;

/** As OMERO has it, by name. */
public final class EventLogsMessage extends ApplicationEvent {
    private static final long serialVersionUID = 1L;

    public EventLogsMessage(Object source) {
        super(source);
    }
}
