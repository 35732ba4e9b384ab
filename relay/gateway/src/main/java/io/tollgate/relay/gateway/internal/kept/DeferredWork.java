package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.contracts.Protocol;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.metering.PassageRequest;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.KeptObjects;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.batches.KeptDocument;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers how what runs at them stands, and has it charged when it has ended; one process of
 * the cluster at a time. What nobody can tell of any more is given up after a bound of age.
 */
public final class DeferredWork {
  private static final Logger log = LoggerFactory.getLogger(DeferredWork.class);
  private static final int AT_ONCE = 32;
  private static final int MAX_ROUNDS = 100;
  private static final Duration CALL = Duration.ofMinutes(10);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

  /** So long a request may be under way before its provider has said an id. */
  private static final Duration UNNAMED = Duration.ofMinutes(30);

  private final KeptParts kept;
  private final RelayParts parts;
  private final ProviderReads reads;
  private final ResponseSettlement responses;
  private final BatchSettlement batches;
  private volatile KeptObjects.Running running = new KeptObjects.Running(0, Optional.empty());

  public DeferredWork(KeptParts kept, RelayParts parts, ProviderReads reads) {
    this.kept = requireNonNull(kept, "kept is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.reads = requireNonNull(reads, "reads is null");
    responses = new ResponseSettlement(kept, parts);
    batches = new BatchSettlement(kept, parts, reads);
  }

  /** Shows how much runs, and since when, as of the last look; only where the looks are. */
  public void bind(MeterRegistry meters) {
    var _ =
        Gauge.builder("tollgate.deferred.running", this, work -> work.running.count())
            .description("batches and answers in the background that have not ended")
            .register(meters);
    var _ =
        Gauge.builder("tollgate.deferred.oldest", this, DeferredWork::oldestSeconds)
            .baseUnit("seconds")
            .description("how long ago the oldest of them was made")
            .register(meters);
  }

  private double oldestSeconds() {
    return running
        .oldest()
        .map(at -> Math.max(0, Duration.between(at, kept.clock().instant()).toSeconds()))
        .orElse(0L);
  }

  /** The job that does it. */
  public RecurringJob job() {
    return new RecurringJob(
        "relay.deferred.settle", Duration.ofMillis(kept.config().pollMs()), this::run);
  }

  private void run() {
    running = kept.transactions().read(transaction -> kept.objects().running(transaction));
    Optional<RelayLoop> loop = reads.loop();
    if (loop.isEmpty()) {
      return;
    }
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<KeptObject> due = due();
      List<CompletableFuture<?>> looks = new ArrayList<>();
      for (KeptObject object : due) {
        looks.add(CompletableFuture.runAsync(() -> look(loop.get(), object), kept.executor()));
      }
      looks.forEach(CompletableFuture::join);
      if (due.size() < AT_ONCE) {
        break;
      }
    }
    unnamed();
  }

  private List<KeptObject> due() {
    Duration next = Duration.ofMillis(kept.config().pollMs());
    return kept.transactions().write(transaction -> kept.objects().due(transaction, next, AT_ONCE));
  }

  private void look(RelayLoop loop, KeptObject object) {
    try {
      if (object.createdAt().isBefore(oldest())) {
        log.atWarn()
            .addKeyValue("request_id", object.charge().toString())
            .addKeyValue("kind", object.kind().code())
            .log("its provider has not said for too long how it ended; it is in doubt");
        responses.giveUp(object);
        return;
      }
      if (!ended(loop, object)) {
        return;
      }
    } catch (RuntimeException e) {
      log.atWarn()
          .setCause(e)
          .addKeyValue("request_id", object.charge().toString())
          .log("what runs at a provider could not be looked at; it is again later");
      putOff(object);
    }
  }

  private boolean ended(RelayLoop loop, KeptObject object) {
    Optional<ProviderAccount> account = parts.routing().find(object.account(), object.keyId());
    if (account.isEmpty()) {
      putOff(object);
      return false;
    }
    UpstreamProtocol protocol = loop.protocols().upstream(protocol(object.kind()));
    ProviderReads.Read read =
        reads
            .ask(
                loop,
                account.get(),
                protocol,
                HttpMethod.GET,
                KeptPaths.of(object),
                parts.config().answerLimit())
            .orTimeout(CALL.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    return switch (read) {
      case ProviderReads.Read.Told(byte[] body) ->
          switch (object.kind()) {
            case BATCH -> batch(loop, object, account.get(), protocol, body);
            case RESPONSE, FILE -> responses.settle(object, account.get(), protocol, body);
          };
      case ProviderReads.Read.Gone _ -> {
        log.atWarn()
            .addKeyValue("request_id", object.charge().toString())
            .addKeyValue("kind", object.kind().code())
            .log("its provider knows nothing of it any more; it is in doubt");
        responses.giveUp(object);
        yield true;
      }
      case ProviderReads.Read.Failed _ -> {
        putOff(object);
        yield false;
      }
    };
  }

  private boolean batch(
      RelayLoop loop,
      KeptObject object,
      ProviderAccount account,
      UpstreamProtocol protocol,
      byte[] body) {
    boolean over = batches.settle(loop, object, account, protocol, body);
    if (!over) {
      var _ =
          kept.transactions()
              .write(
                  transaction -> {
                    kept.objects()
                        .told(transaction, object, new String(body, StandardCharsets.UTF_8));
                    return true;
                  });
      if (KeptDocument.of(body).ended()) {
        // its output could not be read
        putOff(object);
      }
    }
    return over;
  }

  private static Protocol protocol(KeptKind kind) {
    return switch (kind) {
      case RESPONSE -> Protocol.RESPONSES;
      case FILE, BATCH -> Protocol.OPENAI;
    };
  }

  private Instant oldest() {
    return kept.clock().instant().minus(Duration.ofHours(kept.config().maxHours()));
  }

  private void putOff(KeptObject object) {
    Duration base = Duration.ofMillis(kept.config().pollMs());
    var _ =
        kept.transactions()
            .write(
                transaction -> {
                  kept.objects().failed(transaction, object, base, MAX_PAUSE);
                  return true;
                });
  }

  /** A batch whose id nobody was told is nobody's to fetch; an answer is in doubt. */
  private boolean lost(Transaction transaction, PassageRequest request) {
    return kept.objects().lines().isBatch(transaction, request.charge())
        ? kept.charges().settle(transaction, request.charge(), List.of()).isPresent()
        : kept.charges().giveUp(transaction, request.charge());
  }

  /** Holds of requests whose process died before their provider had said under which id. */
  private void unnamed() {
    Instant before = kept.clock().instant().minus(UNNAMED);
    List<PassageRequest> old =
        kept.transactions()
            .read(transaction -> kept.charges().openedBefore(transaction, before, AT_ONCE * 10));
    for (PassageRequest request : old) {
      var _ =
          kept.transactions()
              .write(
                  transaction ->
                      kept.objects().running(transaction, request.charge()).isEmpty()
                          && lost(transaction, request));
    }
  }
}
