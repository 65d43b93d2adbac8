package org.omerods.fs.fuse.dev;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.omerods.fs.vfs.Filesystem;

/** A filesystem that answers nothing by itself: it writes down what is called. */
final class RecordingFilesystem {
    /** What a call does. */
    @FunctionalInterface
    interface Action {
        void called(String method, Object[] arguments);
    }

    final List<String> calls = new ArrayList<>();
    Action onCall = (method, arguments) -> {};

    Filesystem asFilesystem() {
        return (Filesystem) Proxy.newProxyInstance(
                Filesystem.class.getClassLoader(), new Class<?>[] {Filesystem.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    onCall.called(method.getName(), arguments);
                    return null;
                });
    }
}
