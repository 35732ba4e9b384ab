package io.tollgate.trading.node.internal.task;

import io.tollgate.web.JsonFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Ids of tasks that came without one: the same for what is the same. */
public final class DerivedId {
  private static final int BYTES = 20;

  private DerivedId() {}

  /**
   * That of a signal for an account. A signal without an id of its own is what it says: the same
   * words mean the same signal.
   */
  public static String ofSignal(JsonNode signal, OpenedTask task) {
    String which =
        JsonFields.of(signal)
            .text("signal_id", "a text")
            .filter(text -> !text.isBlank())
            .orElseGet(signal::toString);
    return of("signal", which, task.account());
  }

  /**
   * That of the closing of a position.
   *
   * @param position what tells it from the account's other ones, earlier ones too
   * @param trigger why it is closed
   */
  public static String ofClose(String position, String trigger, OpenedTask task) {
    return of("close", position + "\n" + trigger, task.account());
  }

  private static String of(String what, String which, NodeAccount account) {
    String text =
        String.join(
            "\n",
            what,
            which,
            Long.toString(account.id()),
            account.exchange().name(),
            account.market().name(),
            Boolean.toString(account.sandbox()));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return what + ":" + HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("no SHA-256 in this runtime", e);
    }
  }
}
