package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.anthropic.errors.ErrorType;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes an upstream's error on: its status, message, type and code, cleaned of what tells whose
 * account it was. Anything else of the body, and a body that is no error, is left out.
 */
public final class AnthropicFaults {
  /** Largest body that is read, bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private enum Name {
    ERROR,
    MESSAGE,
    TYPE,
    CODE,
    STATUS
  }

  private static final JsonNames<Name> NAMES =
      new JsonNames.Builder<Name>()
          .add(Name.ERROR, "error")
          .add(Name.MESSAGE, "message", "detail", "msg")
          .add(Name.TYPE, "type")
          .add(Name.CODE, "code")
          .add(Name.STATUS, "status", "status_code", "http_status")
          .build();

  private static final int BAD_GATEWAY = 502;

  private final JsonScanner scanner;
  // 0: none was named
  private int status;
  private boolean error;
  private @Nullable String message;
  private @Nullable String type;
  private @Nullable String code;

  private AnthropicFaults(byte[] bytes, int from, int to) {
    this.scanner = new JsonScanner(bytes, from, to);
  }

  /**
   * The error to pass on.
   *
   * @param status the upstream's, 400 to 599
   * @param body the upstream's, maybe not JSON
   */
  public static UpstreamFault cleaned(int status, byte[] body, AccountTraces traces) {
    return found(body, 0, body.length).fault(status, traces);
  }

  /**
   * An error that came in an answer with a status of success: with the status that it names itself
   * or that its type comes with, else 502.
   */
  static UpstreamFault inAnswer(byte[] bytes, int from, int to, AccountTraces traces) {
    AnthropicFaults found = found(bytes, from, to);
    int named = found.status;
    if (named == 0) {
      named =
          Optional.ofNullable(found.type)
              .flatMap(ErrorType::of)
              .map(ErrorType::status)
              .orElse(BAD_GATEWAY);
    }
    return found.fault(found.error ? named : BAD_GATEWAY, traces);
  }

  /** Whether a document that is no answer complains of something. */
  static boolean complains(byte[] bytes, int from, int to) {
    AnthropicFaults found = found(bytes, from, to);
    return found.error || found.message != null || found.code != null;
  }

  private static AnthropicFaults found(byte[] bytes, int from, int to) {
    AnthropicFaults found = new AnthropicFaults(bytes, from, to);
    if (to - from <= MAX_BYTES) {
      found.read();
    }
    return found;
  }

  private UpstreamFault fault(int given, AccountTraces traces) {
    return new UpstreamFault(
        given,
        message == null
            ? "The upstream answered with status " + given + "."
            : traces.removed(message),
        Optional.ofNullable(type).map(traces::removed),
        Optional.ofNullable(code).map(traces::removed),
        Optional.empty());
  }

  private void read() {
    try {
      if (scanner.next() == JsonToken.OBJECT_START) {
        readMembers(true);
        scanner.next();
      }
    } catch (JsonFault e) {
      // not an error of the protocol: nothing of it is to be passed on
      message = null;
      type = null;
      code = null;
      status = 0;
      error = false;
    }
  }

  private void readMembers(boolean outer) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      switch (NAMES.find(scanner)) {
        case ERROR -> readError(outer, scanner.next());
        case MESSAGE -> message = text(message);
        case TYPE -> {
          String named = text(null);
          // the outer one only says that it is an error
          error |= outer && "error".equals(named);
          type = outer ? type : named;
        }
        case CODE -> {
          code = text(code);
          named(code);
        }
        case STATUS -> named(text(null));
        case null -> scanner.skipValue();
      }
    }
  }

  private void readError(boolean outer, JsonToken first) {
    if (first == JsonToken.OBJECT_START && outer) {
      error = true;
      readMembers(false);
    } else if (first == JsonToken.STRING && outer) {
      error = true;
      message = scanner.text();
    } else {
      scanner.skipRest(first);
    }
  }

  /** A code that is a status of HTTP for errors is taken for it; the first one that is. */
  private void named(@Nullable String text) {
    if (status != 0 || text == null || !text.matches("[45][0-9]{2}")) {
      return;
    }
    status = Integer.parseInt(text);
  }

  /** A string or a number as text; anything else leaves what was there. */
  private @Nullable String text(@Nullable String otherwise) {
    JsonToken first = scanner.next();
    scanner.skipRest(first);
    return switch (first) {
      case STRING -> scanner.text();
      case NUMBER -> scanner.raw(StandardCharsets.US_ASCII);
      case OBJECT_START, OBJECT_END, ARRAY_START, ARRAY_END, NAME, TRUE, FALSE, NULL, END ->
          otherwise;
    };
  }
}
