package org.omerods.zone.agent;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All calls of this server by their number. */
final class CallTable {
    private final Map<Integer, Call> calls = new HashMap<>();

    CallTable() {
        for (List<Call> group : List.of(
                LoginCalls.calls(),
                ServerCalls.calls(),
                StatCalls.calls(),
                OpenCalls.calls(),
                DataCalls.calls(),
                TransferCalls.calls(),
                CollectionCalls.calls(),
                RemovalCalls.calls(),
                QueryCalls.calls(),
                AvuCalls.calls(),
                AccessCalls.calls(),
                ChecksumCalls.calls(),
                TouchCalls.calls(),
                MoveCalls.calls(),
                TruncateCalls.calls(),
                ListingCalls.calls(),
                TicketCalls.calls(),
                PasswordCalls.calls(),
                AdminCalls.calls())) {
            for (Call call : group) {
                if (calls.put(call.number(), call) != null) {
                    throw new IllegalStateException("two calls with number " + call.number());
                }
            }
        }
    }

    Optional<Call> find(int number) {
        return Optional.ofNullable(calls.get(number));
    }
}
