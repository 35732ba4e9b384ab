package io.tollgate.relay.protocols.internal.openai;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes an upstream's error on: its status, message, type, code and parameter, cleaned of what
 * tells whose account it was. Anything else of the body, and a body that is not one of OpenAI's
 * errors, is left out.
 */
public final class OpenAiFaults {
  /** Largest body that is read, bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private static final JsonName ERROR = JsonName.of("error");
  private static final JsonName OBJECT = JsonName.of("object");
  private static final JsonName MESSAGE = JsonName.of("message");
  private static final JsonName TYPE = JsonName.of("type");
  private static final JsonName CODE = JsonName.of("code");
  private static final JsonName PARAM = JsonName.of("param");
  private static final JsonName DETAIL = JsonName.of("detail");

  private static final JsonName MSG = JsonName.of("msg");
  private static final JsonName[] STATUS = {
    JsonName.of("status"), JsonName.of("status_code"), JsonName.of("http_status")
  };
  private static final String ERROR_WORD = "error";
  private static final int BAD_GATEWAY = 502;

  private final JsonScanner scanner;
  // 0: none was named
  private int status;
  // a code beside a message may be of any kind; within an error it is the error's
  private boolean error;
  private @Nullable String message;
  private @Nullable String type;
  private @Nullable String code;
  private @Nullable String param;

  private OpenAiFaults(byte[] body) {
    this.scanner = new JsonScanner(body, 0, body.length);
  }

  /**
   * The error to pass on.
   *
   * @param status the upstream's, 400 to 599
   * @param body the upstream's, maybe not JSON
   */
  public static UpstreamFault cleaned(int status, byte[] body, AccountTraces traces) {
    OpenAiFaults found = new OpenAiFaults(body);
    if (body.length <= MAX_BYTES) {
      found.read();
    }
    return found.fault(status, traces);
  }

  /**
   * An error that came in an answer with a status of success: with the status that it names itself,
   * else 502. What only complains, with a code and a message and no error, is 502 too.
   */
  public static UpstreamFault inAnswer(byte[] body, AccountTraces traces) {
    OpenAiFaults found = new OpenAiFaults(body);
    if (body.length <= MAX_BYTES) {
      found.read();
    }
    if (found.code != null && statusOf(found.code) != 0) {
      // it is told as the status
      found.code = null;
    }
    return found.fault(found.error && found.status != 0 ? found.status : BAD_GATEWAY, traces);
  }

  private UpstreamFault fault(int status, AccountTraces traces) {
    return new UpstreamFault(
        status,
        message == null
            ? "The upstream answered with status " + status + "."
            : traces.removed(message),
        Optional.ofNullable(type).map(traces::removed),
        Optional.ofNullable(code).map(traces::removed),
        Optional.ofNullable(param).map(traces::removed));
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
      param = null;
      status = 0;
      error = false;
    }
  }

  private void readMembers(boolean outer) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (outer && scanner.is(ERROR)) {
        readError(scanner.next());
      } else if (scanner.is(MESSAGE) || (outer && (scanner.is(DETAIL) || scanner.is(MSG)))) {
        message = text(message);
      } else if (scanner.is(TYPE)) {
        type = text(type);
        error |= outer && ERROR_WORD.equals(type);
      } else if (outer && scanner.is(OBJECT)) {
        error |= ERROR_WORD.equals(text(null));
      } else if (scanner.is(CODE)) {
        code = text(code);
        named(code);
      } else if (isStatus()) {
        named(text(null));
      } else if (scanner.is(PARAM)) {
        param = text(param);
      } else {
        scanner.skipValue();
      }
    }
  }

  private boolean isStatus() {
    for (JsonName name : STATUS) {
      if (scanner.is(name)) {
        return true;
      }
    }
    return false;
  }

  /** A code that is a status of HTTP for errors is taken for it; the first one that is. */
  private void named(@Nullable String text) {
    if (status == 0 && text != null) {
      status = statusOf(text);
    }
  }

  /** The status of HTTP for errors that a text is; 0 where it is none. */
  private static int statusOf(String text) {
    if (text.length() != 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    int value = Integer.parseInt(text);
    return value >= 400 && value <= 599 ? value : 0;
  }

  private void readError(JsonToken first) {
    error |= first == JsonToken.OBJECT_START || first == JsonToken.STRING;
    if (first == JsonToken.OBJECT_START) {
      readMembers(false);
    } else if (first == JsonToken.STRING) {
      message = scanner.text();
    } else {
      scanner.skipRest(first);
    }
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
