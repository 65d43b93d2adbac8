// SPDX-License-Identifier: GPL-2.0-or-later
package org.omerods.plugin.wake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import ome.services.messages.EventLogsMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

final class CommitListenerTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 300;

    private DatagramSocket companion;
    private CompanionWaker waker;
    private CommitListener listener;

    private static final class Unrelated extends ApplicationEvent {
        private static final long serialVersionUID = 1L;

        private Unrelated(Object source) {
            super(source);
        }
    }

    @BeforeEach
    void startCompanion() throws IOException {
        companion = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        waker = new CompanionWaker(new PluginProperties(companion.getLocalPort(), "secret"));
        waker.begin();
        listener = new CommitListener(waker);
    }

    @AfterEach
    void end() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.clearSynchronization();
        }
        waker.close();
        companion.close();
    }

    @Test
    void aChangeWakesTheCompanionAfterTheCommitAndNotBefore() throws IOException {
        TransactionSynchronizationManager.initSynchronization();
        listener.onApplicationEvent(new EventLogsMessage(this));
        listener.onApplicationEvent(new EventLogsMessage(this));
        assertThat(isSilent()).isTrue();
        assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(1);
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        assertThat(received()).isEqualTo("omerods-wake secret");
    }

    @Test
    void aTransactionThatIsRolledBackWakesNobody() throws IOException {
        TransactionSynchronizationManager.initSynchronization();
        listener.onApplicationEvent(new EventLogsMessage(this));
        TransactionSynchronizationManager.getSynchronizations()
                .forEach(part -> part.afterCompletion(TransactionSynchronization.STATUS_ROLLED_BACK));
        assertThat(isSilent()).isTrue();
    }

    @Test
    void otherEventsWakeNobody() throws IOException {
        listener.onApplicationEvent(new Unrelated(this));
        assertThat(isSilent()).isTrue();
    }

    @Test
    void manyCommitsAreFewDatagramsAndTheLastOneIsFollowedByOne() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            listener.onApplicationEvent(new EventLogsMessage(this));
        }
        int datagrams = 0;
        while (!isSilent()) {
            datagrams++;
        }
        assertThat(datagrams).isBetween(1, 100);
        listener.onApplicationEvent(new EventLogsMessage(this));
        assertThat(received()).isEqualTo("omerods-wake secret");
    }

    @Test
    void nothingThatGoesWrongReachesTheTransaction() {
        CommitListener broken = new CommitListener(() -> {
            throw new LinkageError("everything is wrong here");
        });
        assertThatCode(() -> broken.onApplicationEvent(new EventLogsMessage(this)))
                .doesNotThrowAnyException();
        TransactionSynchronizationManager.initSynchronization();
        broken.onApplicationEvent(new EventLogsMessage(this));
        assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(1);
        assertThatCode(() -> TransactionSynchronizationManager.getSynchronizations()
                        .forEach(TransactionSynchronization::afterCommit))
                .doesNotThrowAnyException();
    }

    @Test
    void aCompanionThatIsAwayCostsNothing() {
        companion.close();
        assertThatCode(() -> listener.onApplicationEvent(new EventLogsMessage(this)))
                .doesNotThrowAnyException();
    }

    private String received() throws IOException {
        companion.setSoTimeout(PATIENCE_MILLIS);
        return receive();
    }

    private boolean isSilent() throws IOException {
        companion.setSoTimeout(SILENCE_MILLIS);
        try {
            receive();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[256], 256);
        companion.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
