package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ChargeId;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.WholeAnswer;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes which account keeps an answer before its caller hears of the answer's id. A database that
 * is silent for longer than the setting says keeps no paid answer back: then the caller gets it,
 * and may find later that nobody knows the id. Confined to one event loop.
 */
public final class AnswerKeeping {
  private static final Logger log = LoggerFactory.getLogger(AnswerKeeping.class);

  private final RequestResources resources;
  private final KeptParts parts;
  private final ChargeId request;
  private final Function<String, KeptObject> named;
  private final boolean strict;
  private @Nullable KeptObject object;
  private boolean learned;
  private boolean done;
  private Runnable onDone = () -> {};

  /** Of an answer that ends with its request. */
  public AnswerKeeping(
      RequestResources resources, KeptParts parts, PricedCall call, ProviderAccount account) {
    this(
        resources,
        parts,
        call.context().requestId(),
        id -> object(id, call, account, KeptObject.State.KEPT),
        false);
  }

  /**
   * @param named what is to be written, once the id is known
   * @param strict whether nothing passes that is not written
   */
  AnswerKeeping(
      RequestResources resources,
      KeptParts parts,
      ChargeId request,
      Function<String, KeptObject> named,
      boolean strict) {
    this.resources = requireNonNull(resources, "resources is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.request = requireNonNull(request, "request is null");
    this.named = requireNonNull(named, "named is null");
    this.strict = strict;
  }

  /** A response that the account keeps. */
  static KeptObject object(
      String id, PricedCall call, ProviderAccount account, KeptObject.State state) {
    return new KeptObject(
        KeptKind.RESPONSE,
        id,
        account.id(),
        account.apiKey().id(),
        call.holder().tenant(),
        call.holder().user(),
        call.holder().key(),
        call.model().id(),
        call.context().requestId(),
        state,
        "",
        "",
        call.context().arrivedAt());
  }

  /** What holds the stream back from where the id is known. */
  public StreamTap within(StreamTap tap) {
    return new KeepingTap(tap, this);
  }

  /** A whole answer was judged, on any thread. */
  public WholeAnswer judged(WholeAnswer answer) {
    Optional<String> id = answer.keptId();
    id.ifPresent(known -> resources.loop().execute(() -> resources.run(() -> learned(known))));
    return answer;
  }

  /** Whether nothing is to be waited for: it is written, or nothing is kept. */
  public boolean done() {
    return done;
  }

  /** Whether something is being written. */
  public boolean writing() {
    return learned && !done;
  }

  /** What is to go on when it is written. */
  public void then(Runnable next) {
    onDone = next;
  }

  void learned(String id) {
    if (learned) {
      return;
    }
    learned = true;
    if (id.isEmpty() || id.length() > KeptObject.MAX_ID) {
      over();
      return;
    }
    KeptObject made = named.apply(id);
    object = made;
    resources.loop().vertx().setTimer(parts.config().waitMs(), _ -> resources.run(this::late));
    resources.take(parts.objects().remember(made), _ -> over(), this::failed);
  }

  /** What is written, once the id is known. */
  Optional<KeptObject> object() {
    return Optional.ofNullable(object);
  }

  private void late() {
    if (!done) {
      failed(new IllegalStateException("not written within " + parts.config().waitMs() + " ms"));
    }
  }

  private void failed(Throwable cause) {
    if (done || resources.closed()) {
      return;
    }
    log.atWarn()
        .setCause(cause)
        .addKeyValue("request_id", request.toString())
        .log("it could not be written which account keeps an answer");
    if (strict) {
      // nobody could find it again; the connection is closed, and it is in doubt
      resources.close();
      return;
    }
    over();
  }

  private void over() {
    if (!done) {
      done = true;
      onDone.run();
    }
  }
}
