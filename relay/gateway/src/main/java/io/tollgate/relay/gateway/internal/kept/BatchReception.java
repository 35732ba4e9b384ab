package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.caller.BodyReader;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.ProviderCall;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.gateway.internal.upstream.WholeBody;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.batches.BatchOrder;
import io.tollgate.relay.protocols.batches.KeptDocument;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a batch: its lines are read and priced, what they may cost is held in the books, and the
 * account that has its input file is asked. What they cost is charged when it has ended, by {@link
 * BatchSettlement}. Confined to one event loop.
 */
public final class BatchReception extends OwnReception {
  private static final Logger log = LoggerFactory.getLogger(BatchReception.class);

  private final ProviderReads reads;
  private final BatchPricing pricing;
  private final BatchSettlement settlement;

  public BatchReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol callers,
      KeptParts parts,
      ProviderReads reads) {
    super(resources, context, request, callers, parts);
    this.reads = requireNonNull(reads, "reads is null");
    pricing = new BatchPricing(loop, parts);
    settlement = new BatchSettlement(parts, loop.parts(), reads);
  }

  @Override
  public void start() {
    super.start();
  }

  @Override
  void ready(KeyHolder holder) {
    if (loop.parts().ruled().rules().of(holder.tenant(), holder.key()).looksAtRequests()) {
      refuse(
          new Refusal(
              ErrorCode.INVALID_REQUEST,
              "no batches: the tenant has requests and answers looked at (expected: requests one by"
                  + " one)"));
      return;
    }
    // what was begun is ended, whoever hears of it
    caller.onGone(() -> {});
    new BodyReader(resources, caller.request()).read(body -> ordered(holder, body), this::refuse);
  }

  private void ordered(KeyHolder holder, byte[] body) {
    resources.watch(_ -> {});
    BatchOrder order;
    Optional<CallerRoute> route;
    try {
      order = BatchOrder.parse(body);
      route = BatchBlanks.route(loop, order.endpoint());
      if (route.isEmpty()) {
        throw RequestFault.of(
            "endpoint",
            "not one that may be in a batch (expected: /v1/chat/completions, /v1/responses,"
                + " /v1/completions or /v1/embeddings)");
      }
    } catch (RequestFault fault) {
      refuseFor(fault);
      return;
    }
    CallerRoute kind = route.get();
    resources.take(
        parts.objects().find(KeptKind.FILE, order.inputFile(), holder.tenant(), holder.user()),
        found ->
            found.ifPresentOrElse(
                file -> read(holder, order, kind, file, body),
                () -> refuse(KeptRefusals.unknown(KeptKind.FILE, order.inputFile()))),
        this::refuseFor);
  }

  private void read(
      KeyHolder holder, BatchOrder order, CallerRoute kind, KeptObject file, byte[] body) {
    Optional<ProviderAccount> account =
        loop.routing()
            .find(file.account(), file.keyId())
            .filter(found -> found.protocols().contains(protocol.protocol()))
            .filter(found -> !Collections.disjoint(found.settings().groups(), holder.groups()));
    if (account.isEmpty()) {
      refuse(KeptRefusals.away());
      return;
    }
    String path = "/files/" + KeptPaths.encoded(file.id()) + "/content";
    resources.take(
        reads.lines(
            loop,
            account.get(),
            protocol,
            path,
            (long) parts.config().fileMib() << 20,
            loop.config().bodyLimit()),
        found -> {
          switch (found) {
            case ProviderReads.Lines.Gone _ ->
                refuse(KeptRefusals.unknown(KeptKind.FILE, order.inputFile()));
            case ProviderReads.Lines.Failed(UpstreamError error) -> failed(error);
            case ProviderReads.Lines.Coming(StreamedLines lines) ->
                beside(
                    () -> hold(holder, order, kind, account.get(), lines),
                    request -> ask(holder, order, account.get(), request, body));
          }
        },
        this::refuseFor);
  }

  /** Blocking. */
  private PassageRequest hold(
      KeyHolder holder,
      BatchOrder order,
      CallerRoute kind,
      ProviderAccount account,
      StreamedLines lines) {
    BatchPricing.Priced priced;
    try (lines) {
      priced = pricing.read(context, holder, order.endpoint(), kind, account, lines);
    }
    var _ =
        parts
            .transactions()
            .write(
                transaction -> {
                  parts
                      .objects()
                      .lines()
                      .add(transaction, context.requestId(), priced.lines(), context.arrivedAt());
                  return true;
                });
    parts.charges().open(priced.request(), priced.parts());
    return priced.request();
  }

  private void ask(
      KeyHolder holder,
      BatchOrder order,
      ProviderAccount account,
      PassageRequest request,
      byte[] body) {
    new ProviderCall(
            resources,
            account,
            protocol,
            new ProviderCall.Asked(
                HttpMethod.POST,
                "/batches",
                "application/json",
                Optional.of(body),
                caller.steering()),
            new ProviderCall.Listener() {
              @Override
              public void answered(UpstreamAnswer answer, Optional<String> contentType) {
                new WholeBody(
                        resources,
                        answer,
                        loop.config().answerLimit(),
                        made -> made(holder, order, account, request, made),
                        error -> unknown(error))
                    .read();
              }

              @Override
              public void failed(UpstreamError error) {
                free(error);
              }
            })
        .start();
  }

  /** The provider refused it: nothing is held any more. */
  private void free(UpstreamError error) {
    beside(
        () -> {
          settlement.free(context.requestId());
          return true;
        },
        _ -> failed(error));
  }

  /** The provider has it, and nobody knows its id: the hold is lifted when that is certain. */
  private void unknown(UpstreamError error) {
    resources
        .addTo(log.atError())
        .log("a batch was made and its id was not told; nobody can ask for it");
    failed(error);
  }

  private void made(
      KeyHolder holder,
      BatchOrder order,
      ProviderAccount account,
      PassageRequest request,
      byte[] made) {
    KeptDocument document = KeptDocument.of(made);
    if (document.id().isEmpty() || document.id().get().length() > KeptObject.MAX_ID) {
      free(new UpstreamError.NoAnswer("without an id"));
      return;
    }
    KeptObject object =
        new KeptObject(
            KeptKind.BATCH,
            document.id().get(),
            account.id(),
            account.apiKey().id(),
            holder.tenant(),
            holder.user(),
            holder.key(),
            request.model(),
            context.requestId(),
            KeptObject.State.RUNNING,
            order.endpoint(),
            new String(made, StandardCharsets.UTF_8),
            context.arrivedAt());
    resources.take(
        CompletableFuture.supplyAsync(
            () ->
                parts
                    .transactions()
                    .write(
                        transaction -> {
                          parts.objects().add(transaction, object);
                          return true;
                        }),
            parts.executor()),
        _ -> answer(made),
        cause -> {
          resources
              .addTo(log.atError())
              .setCause(cause)
              .log("it could not be written which account has a batch; its answer is withheld");
          refuse(
              new Refusal(
                  ErrorCode.UNAVAILABLE, "it could not be written in time who has the batch"));
        });
  }
}
