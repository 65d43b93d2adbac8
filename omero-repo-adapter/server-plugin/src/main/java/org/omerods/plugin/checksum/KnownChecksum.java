// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of OMERO's checksum providers that asks iRODS first: when a whole file is put into it that iRODS has a checksum of,
 * the file is not read. Everything else, and every surprise, goes to the provider behind it. Not thread-safe, as OMERO's
 * are not.
 */
public final class KnownChecksum implements InvocationHandler {
    private static final Logger log = LoggerFactory.getLogger(KnownChecksum.class);

    private final Object provider;
    private final Algorithm algorithm;

    /** The file put last and its checksum, in place of the provider's state; null while that is the provider's own. */
    private @Nullable String file;

    private @Nullable String checksum;
    private boolean told;

    private KnownChecksum(Object provider, Algorithm algorithm) {
        this.provider = provider;
        this.algorithm = algorithm;
    }

    /**
     * Puts {@code provider} behind one that asks iRODS.
     *
     * @param providerType OMERO's interface {@code ome.util.checksum.ChecksumProvider}, of which the result is one
     * @param algorithmName of {@code ome.util.checksum.ChecksumType}
     * @return {@code provider} itself where iRODS has no such algorithm
     */
    public static Object inFrontOf(Object provider, Class<?> providerType, String algorithmName) {
        Optional<Algorithm> algorithm = Algorithm.named(algorithmName);
        if (algorithm.isEmpty()) {
            return provider;
        }
        return Proxy.newProxyInstance(
                providerType.getClassLoader(),
                new Class<?>[] {providerType},
                new KnownChecksum(provider, algorithm.get()));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "putFile":
                if (!told && arguments != null && arguments.length == 1 && arguments[0] instanceof String) {
                    return putFile(proxy, method, (String) arguments[0]);
                }
                break;
            case "putBytes":
                giveUpKnown();
                break;
            case "checksumAsString":
                if (checksum != null) {
                    told = true;
                    return checksum;
                }
                break;
            case "checksumAsBytes":
                if (checksum != null) {
                    told = true;
                    return bytesOf(checksum);
                }
                break;
            default:
        }
        return answerOf(proxy, call(method, arguments));
    }

    /** OMERO's providers forget what was put before a file; so does this one. */
    private @Nullable Object putFile(Object proxy, Method method, String path) throws Throwable {
        Optional<String> known = MountedFile.checksum(path).flatMap(algorithm::fromIrods);
        if (known.isEmpty()) {
            file = null;
            checksum = null;
            return answerOf(proxy, call(method, new Object[] {path}));
        }
        log.info("{} of {} taken from iRODS, the file was not read", algorithm, path);
        file = path;
        checksum = known.get();
        return proxy;
    }

    /** Somebody goes on behind a file that was not read: the provider has to read it after all. */
    private void giveUpKnown() throws Throwable {
        String unread = file;
        if (unread != null && !told) {
            file = null;
            checksum = null;
            Method putFile = provider.getClass().getMethod("putFile", String.class);
            putFile.setAccessible(true);
            call(putFile, new Object[] {unread});
        } else if (told) {
            throw new IllegalStateException("the checksum was told already: nothing can be added");
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(provider, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Providers return themselves; callers must stay in front. */
    @SuppressWarnings("ReferenceEquality") // the very same object is meant
    private @Nullable Object answerOf(Object proxy, @Nullable Object answer) {
        return answer == provider ? proxy : answer;
    }

    private static byte[] bytesOf(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
