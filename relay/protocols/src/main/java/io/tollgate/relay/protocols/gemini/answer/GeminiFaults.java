package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Passes an upstream's error on: its status, message and Google's word for it, cleaned of what
 * tells whose account it was. Anything else of the body, details among it, which name projects, is
 * left out.
 */
public final class GeminiFaults {
  /** Largest body that is read, bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private static final int BAD_GATEWAY = 502;

  private GeminiFaults() {}

  /**
   * The error to pass on.
   *
   * @param status the upstream's, 400 to 599
   * @param body the upstream's, maybe not JSON
   */
  public static UpstreamFault cleaned(int status, byte[] body, AccountTraces traces) {
    return fault(status, error(body), traces);
  }

  /**
   * An error that came in an answer with a status of success: with the status that it names itself,
   * else 502.
   */
  static UpstreamFault inAnswer(byte[] bytes, int from, int to, AccountTraces traces) {
    JsonTree error = error(Arrays.copyOfRange(bytes, from, to));
    int status =
        error instanceof JsonTree.Members members
                && members.byName().get("code") instanceof JsonTree.Literal code
            ? statusOf(code.written())
            : BAD_GATEWAY;
    return fault(status, error, traces);
  }

  private static int statusOf(String written) {
    boolean three = written.length() == 3 && written.chars().allMatch(c -> c >= '0' && c <= '9');
    int status = three ? Integer.parseInt(written) : 0;
    return status >= 400 && status <= 599 ? status : BAD_GATEWAY;
  }

  private static UpstreamFault fault(int status, @Nullable JsonTree error, AccountTraces traces) {
    String message = "";
    Optional<String> word = Optional.empty();
    if (error instanceof JsonTree.Text text) {
      message = text.string().text();
    } else if (error instanceof JsonTree.Members members) {
      JsonTree.Text said = members.text("message");
      JsonTree.Text named = members.text("status");
      message = said == null ? "" : said.string().text();
      word = Optional.ofNullable(named).map(text -> traces.removed(text.string().text()));
    }
    return new UpstreamFault(
        status,
        message.isEmpty()
            ? "The upstream answered with status " + status + "."
            : traces.removed(message),
        Optional.empty(),
        word,
        Optional.empty());
  }

  /** What stands under {@code error}; Google puts it into an array where it streams one. */
  private static @Nullable JsonTree error(byte[] body) {
    if (body.length > MAX_BYTES) {
      return null;
    }
    JsonTree tree;
    try {
      tree = JsonTree.read(body, 0, body.length);
    } catch (JsonFault e) {
      // not an error of the protocol: nothing of it is to be passed on
      return null;
    }
    if (tree instanceof JsonTree.Items items && !items.values().isEmpty()) {
      tree = items.values().getFirst();
    }
    if (!(tree instanceof JsonTree.Members members)) {
      return null;
    }
    JsonTree error = members.byName().get("error");
    return error == null ? members : error;
  }
}
