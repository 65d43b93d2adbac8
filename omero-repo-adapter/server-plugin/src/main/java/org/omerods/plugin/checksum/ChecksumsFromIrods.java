// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.checksum;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts OMERO's factory of checksum providers behind one whose providers ask iRODS first ({@link KnownChecksum}). Whatever
 * is not as expected leaves OMERO's own factory in place: a server must start, and an import must succeed, without this.
 */
public final class ChecksumsFromIrods implements BeanPostProcessor {
    private static final Logger log = LoggerFactory.getLogger(ChecksumsFromIrods.class);

    private static final String BEAN = "checksumProviderFactory";
    private static final String FACTORY = "ome.util.checksum.ChecksumProviderFactory";
    private static final String PROVIDER = "ome.util.checksum.ChecksumProvider";

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        return bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!BEAN.equals(name)) {
            return bean;
        }
        try {
            ClassLoader loader = bean.getClass().getClassLoader();
            Class<?> factoryType = Class.forName(FACTORY, false, loader);
            Class<?> providerType = Class.forName(PROVIDER, false, loader);
            if (!factoryType.isInstance(bean)) {
                log.warn("{} is no {}: checksums are computed by reading", name, FACTORY);
                return bean;
            }
            Object inFront =
                    Proxy.newProxyInstance(loader, new Class<?>[] {factoryType}, new Factory(bean, providerType));
            log.info("checksums of files in iRODS are taken from its catalog");
            return inFront;
        } catch (Throwable e) {
            log.warn("OMERO's checksum factory stays as it is: {}", e.toString());
            return bean;
        }
    }

    private static final class Factory implements InvocationHandler {
        private final Object factory;
        private final Class<?> providerType;

        private Factory(Object factory, Class<?> providerType) {
            this.factory = factory;
            this.providerType = providerType;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object answer;
            try {
                answer = method.invoke(factory, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
            if (answer != null
                    && method.getName().equals("getProvider")
                    && arguments != null
                    && arguments.length == 1
                    && arguments[0] instanceof Enum) {
                return inFrontOf(answer, ((Enum<?>) arguments[0]).name());
            }
            return answer;
        }

        private Object inFrontOf(Object provider, String algorithm) {
            try {
                return KnownChecksum.inFrontOf(provider, providerType, algorithm);
            } catch (Throwable e) {
                log.warn("{} is computed by reading: {}", algorithm, e.toString());
                return provider;
            }
        }
    }
}
