package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.Charge;
import io.tollgate.metering.DeferredCharges;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.accounts.BatchLines;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.batches.BatchResult;
import io.tollgate.relay.protocols.batches.KeptDocument;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges the answers of a batch that has ended, each as a request of its own at the price that was
 * fixed when the batch was made, and lifts its hold: one transaction, whoever does it first. What
 * was read before is only read. Blocking; safe for use by many threads.
 */
public final class BatchSettlement {
  private static final Logger log = LoggerFactory.getLogger(BatchSettlement.class);
  private static final Duration CALL = Duration.ofMinutes(10);
  private static final int OK = 200;
  private static final int LOGGED_AT_ONCE = 200;

  private final KeptParts kept;
  private final RelayParts parts;
  private final ProviderReads reads;

  public BatchSettlement(KeptParts kept, RelayParts parts, ProviderReads reads) {
    this.kept = requireNonNull(kept, "kept is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.reads = requireNonNull(reads, "reads is null");
  }

  /** What the output file said. */
  private record Read(List<DeferredCharges.Item> items, List<BatchLines.Line> lines) {}

  /**
   * Charges it if the document says that it has ended.
   *
   * @param body what the provider said of it
   * @return whether it has ended, now or before; not if its output could not be read
   */
  public boolean settle(
      RelayLoop loop,
      KeptObject object,
      ProviderAccount account,
      UpstreamProtocol protocol,
      byte[] body) {
    KeptDocument document = KeptDocument.of(body);
    if (!document.ended()) {
      return false;
    }
    Optional<PassageRequest> open =
        kept.transactions().write(transaction -> kept.charges().lock(transaction, object.charge()));
    if (open.isEmpty()) {
      end(object);
      return true;
    }
    Map<String, BatchLines.Line> lines =
        kept.transactions()
            .read(transaction -> kept.objects().lines().of(transaction, object.charge()));
    Optional<Read> read = read(loop, object, account, protocol, open.get(), document, lines);
    if (read.isEmpty()) {
      return false;
    }
    List<Charge> settled =
        kept.transactions()
            .write(
                transaction -> {
                  Optional<List<Charge>> charges =
                      kept.charges().settle(transaction, object.charge(), read.get().items());
                  charges.ifPresent(
                      charged -> {
                        note(transaction, object, read.get(), charged);
                        addFiles(transaction, object, document);
                      });
                  kept.objects().move(transaction, object, KeptObject.State.ENDED);
                  kept.objects()
                      .told(transaction, object, new String(body, StandardCharsets.UTF_8));
                  return charges.orElse(List.of());
                });
    List<LoggedRequest> logged = LoggedLines.of(open.get(), read.get().items(), settled);
    for (int from = 0; from < logged.size(); from += LOGGED_AT_ONCE) {
      List<LoggedRequest> part =
          logged.subList(from, Math.min(logged.size(), from + LOGGED_AT_ONCE));
      loop.execute(() -> part.forEach(loop.log()::ended));
    }
    return true;
  }

  private void end(KeptObject object) {
    var _ =
        kept.transactions()
            .write(
                transaction -> {
                  kept.objects().move(transaction, object, KeptObject.State.ENDED);
                  return true;
                });
  }

  private void note(Transaction transaction, KeptObject object, Read read, List<Charge> charges) {
    List<BatchLines.Charged> charged = new ArrayList<>(charges.size());
    for (int i = 0; i < charges.size(); i++) {
      Charge charge = charges.get(i);
      charged.add(
          new BatchLines.Charged(
              read.lines().get(i).number(), charge.id(), charge.paid() + charge.owed()));
    }
    if (!charged.isEmpty()) {
      kept.objects().lines().charged(transaction, object.charge(), charged);
    }
  }

  /** Its files are its owner's, from when they are paid. */
  private void addFiles(Transaction transaction, KeptObject object, KeptDocument document) {
    document.outputFile().ifPresent(id -> addFile(transaction, object, id));
    document.errorFile().ifPresent(id -> addFile(transaction, object, id));
  }

  private void addFile(Transaction transaction, KeptObject object, String id) {
    if (id.length() <= KeptObject.MAX_ID) {
      kept.objects()
          .add(
              transaction,
              new KeptObject(
                  KeptKind.FILE,
                  id,
                  object.account(),
                  object.keyId(),
                  object.tenant(),
                  object.user(),
                  object.apiKey(),
                  object.model(),
                  object.charge(),
                  KeptObject.State.KEPT,
                  "batch_output",
                  "",
                  kept.clock().instant()));
    }
  }

  /** Nothing where it could not be read whole. */
  private Optional<Read> read(
      RelayLoop loop,
      KeptObject object,
      ProviderAccount account,
      UpstreamProtocol protocol,
      PassageRequest request,
      KeptDocument document,
      Map<String, BatchLines.Line> lines) {
    if (document.outputFile().isEmpty()) {
      return Optional.of(new Read(List.of(), List.of()));
    }
    String path = "/files/" + KeptPaths.encoded(document.outputFile().get()) + "/content";
    ProviderReads.Lines found =
        reads
            .lines(
                loop,
                account,
                protocol,
                path,
                (long) kept.config().fileMib() << 20,
                parts.config().answerLimit())
            .orTimeout(CALL.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    if (!(found instanceof ProviderReads.Lines.Coming(StreamedLines coming))) {
      log.atWarn()
          .addKeyValue("request_id", object.charge().toString())
          .log("the output of a batch could not be read; it is tried again later");
      return Optional.empty();
    }
    try (coming) {
      return Optional.of(read(coming, loop, object, account, request, lines));
    } catch (StreamedLines.Broken e) {
      log.atWarn()
          .addKeyValue("request_id", object.charge().toString())
          .addKeyValue("why", e.getMessage())
          .log("the output of a batch could not be read whole; it is tried again later");
      return Optional.empty();
    }
  }

  private Read read(
      StreamedLines coming,
      RelayLoop loop,
      KeptObject object,
      ProviderAccount account,
      PassageRequest request,
      Map<String, BatchLines.Line> lines) {
    Optional<UpstreamCall> blank = BatchBlanks.call(loop, object.purpose(), request.model());
    Read read = new Read(new ArrayList<>(), new ArrayList<>());
    Set<String> seen = new HashSet<>();
    int strange = 0;
    for (Optional<byte[]> line = coming.next(); line.isPresent(); line = coming.next()) {
      Optional<BatchResult> result = BatchResult.parse(line.get());
      BatchLines.Line asked = result.map(BatchResult::customId).map(lines::get).orElse(null);
      if (result.isEmpty() || asked == null || !seen.add(asked.customId())) {
        strange++;
        continue;
      }
      if (!result.get().answered()) {
        continue;
      }
      byte[] body = result.get().body().orElseThrow();
      UsageOf usage = usage(blank, body, request, asked);
      if (usage.tokens().equals(TokenUsage.NONE)) {
        continue;
      }
      read.items()
          .add(
              new DeferredCharges.Item(
                  BatchIds.ofLine(object.charge(), asked.customId()),
                  Optional.of(asked.customId()),
                  result(object, account, request, usage)));
      read.lines().add(asked);
    }
    if (strange > 0) {
      log.atWarn()
          .addKeyValue("request_id", object.charge().toString())
          .addKeyValue("lines", strange)
          .log("lines of a batch's output are no answers to its requests, or come twice");
    }
    return read;
  }

  private record UsageOf(TokenUsage tokens, boolean reported) {}

  private UsageOf usage(
      Optional<UpstreamCall> blank, byte[] body, PassageRequest request, BatchLines.Line line) {
    if (blank.isEmpty()) {
      return new UsageOf(TokenUsage.of(line.input(), 0), false);
    }
    WholeAnswer answer = blank.get().whole(body, terms(request, line));
    boolean answered =
        answer.verdict() instanceof AnswerVerdict.Answer
            || answer.verdict() instanceof AnswerVerdict.Empty;
    return answered
        ? new UsageOf(answer.charged().usage(), answer.charged().reported())
        : new UsageOf(TokenUsage.NONE, false);
  }

  private AnswerTerms terms(PassageRequest request, BatchLines.Line line) {
    UsageBounds bounds =
        parts
            .prices()
            .find(request.model())
            .map(model -> bounds(model, line))
            .orElse(UsageBounds.WIDEST);
    return new AnswerTerms(
        parts.tokenCounter(),
        request.model(),
        bounds,
        AccountTraces.UNKNOWN,
        request.charge().toString(),
        request.openedAt());
  }

  private UsageBounds bounds(ModelPrice model, BatchLines.Line line) {
    return UsageBounds.of(
        line.input(),
        line.input(),
        true,
        model.contextTokens(),
        Math.max(model.maxOutputTokens(), line.output()),
        parts.config().usageOwnInputMax(),
        parts.config().usageFactor());
  }

  private PassageResult result(
      KeptObject object, ProviderAccount account, PassageRequest request, UsageOf usage) {
    long latency =
        Math.max(0, Duration.between(request.openedAt(), kept.clock().instant()).toMillis());
    return new PassageResult(
        usage.tokens(),
        usage.reported(),
        OK,
        Optional.empty(),
        OptionalLong.of(account.id().value()),
        account.upstreamModel(object.model()),
        1,
        latency,
        OptionalLong.empty());
  }

  /** It was never made: its hold is lifted. */
  public void free(ChargeId charge) {
    var _ =
        kept.transactions()
            .write(transaction -> kept.charges().settle(transaction, charge, List.of()));
  }
}
