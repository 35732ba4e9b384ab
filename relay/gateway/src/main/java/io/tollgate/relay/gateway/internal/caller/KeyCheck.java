package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whose key a request came with, and whether it may come from there; never blocks. */
public final class KeyCheck {
  private static final Logger log = LoggerFactory.getLogger(KeyCheck.class);

  private KeyCheck() {}

  /** Tells exactly one outcome, at once or later, on the loop. */
  public static void of(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      Consumer<KeyHolder> known,
      Consumer<Refusal> refused) {
    Optional<String> key;
    try {
      key = CallerKey.of(request);
    } catch (Refusal malformed) {
      refused.accept(malformed);
      return;
    }
    of(resources, context, key, known, refused);
  }

  /** The same of a key that was found already. */
  public static void of(
      RequestResources resources,
      RequestContext context,
      Optional<String> key,
      Consumer<KeyHolder> known,
      Consumer<Refusal> refused) {
    if (key.isEmpty()) {
      refused.accept(
          new Refusal(
              ErrorCode.INVALID_API_KEY,
              "no API key was given (expected: Authorization: Bearer with a key)"));
      return;
    }
    resources.take(
        resources.loop().parts().apiKeys().authenticate(key.get()),
        holder ->
            holder.ifPresentOrElse(
                found -> {
                  resources.note().by(found);
                  if (found.addresses().allow(context.remoteAddress())) {
                    known.accept(found);
                  } else {
                    refused.accept(elsewhere(context.remoteAddress()));
                  }
                },
                () ->
                    refused.accept(
                        new Refusal(
                            ErrorCode.INVALID_API_KEY,
                            "the API key is not valid (expected: a key that exists, is enabled and"
                                + " has not expired)"))),
        cause -> refused.accept(refusal(cause)));
  }

  /** Which addresses are allowed is not told: the key may be a stolen one. */
  private static Refusal elsewhere(String address) {
    return new Refusal(
        ErrorCode.ADDRESS_NOT_ALLOWED,
        "the API key may not be used from "
            + address
            + " (expected: one of the addresses that it is limited to)");
  }

  private static Refusal refusal(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    log.atError().setCause(cause).log("an API key could not be checked");
    return new Refusal(ErrorCode.INTERNAL, "the API key could not be checked");
  }
}
