package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.metering.Charge;
import io.tollgate.metering.DeferredCharges.Item;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answers of a batch for the log of requests, each as a request of its own. */
final class LoggedLines {
  private static final String ROUTE = "/v1/batches";

  private LoggedLines() {}

  /**
   * @param batch as it was made
   * @param items what was charged
   * @param charges what each of them cost, in their order; none where somebody else charged them
   */
  static List<LoggedRequest> of(PassageRequest batch, List<Item> items, List<Charge> charges) {
    List<LoggedRequest> logged = new ArrayList<>(charges.size());
    for (int i = 0; i < charges.size(); i++) {
      logged.add(of(batch, items.get(i), charges.get(i)));
    }
    return logged;
  }

  private static LoggedRequest of(PassageRequest batch, Item item, Charge charge) {
    PassageResult result = item.result();
    List<LoggedAttempt> attempts = new ArrayList<>(1);
    result
        .upstreamAccount()
        .ifPresent(
            account ->
                attempts.add(
                    new LoggedAttempt(
                        account, result.upstreamModel(), 0, result.latencyMs(), "answered")));
    return new LoggedRequest(
        item.charge(),
        batch.openedAt(),
        ROUTE,
        Optional.of(new LoggedRequest.Payer(batch.tenant(), batch.user(), batch.apiKey())),
        Optional.of(batch.protocol().code()),
        Optional.of(batch.model()),
        Optional.of(result.upstreamModel()),
        batch.stream(),
        result.httpStatus(),
        result.errorCode(),
        attempts,
        result.usage(),
        Optional.of(
            new LoggedRequest.Cost(
                batch.quote().currency().code(),
                result.quote(batch).version(),
                charge.quotaTokens(),
                charge.paid(),
                charge.owed())),
        item.clientRequestId(),
        Optional.empty(),
        result.latencyMs(),
        result.firstTokenMs());
  }
}
