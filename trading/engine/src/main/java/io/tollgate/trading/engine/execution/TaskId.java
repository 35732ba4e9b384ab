package io.tollgate.trading.engine.execution;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.ClientOrderId;
import java.util.regex.Pattern;

/**
 * Names something that is to be traded once. It follows from what asks for it and is fixed before
 * anything is sent, so that whoever comes to the same conclusion again, after a crash or beside
 * another, comes to the same task.
 *
 * @param text 1 to 100 characters
 */
public record TaskId(String text) {
  private static final String BY_HAND = "MC-";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

  public TaskId {
    if (!FORM.matcher(text).matches()) {
      throw GivenText.refused("task_id", text, "1 to 100 letters, digits and _ . : -");
    }
  }

  /** What a signal asks of an account: one of each intent. */
  public static TaskId ofSignal(String signal, long account, RiskOrder.Intent intent) {
    return new TaskId(signal + "-" + account + "-" + intent);
  }

  /**
   * A close that a level asks for.
   *
   * @param position its id
   * @param attempt how many closes of the position have ended before
   */
  public static TaskId ofLevel(String position, CloseReason level, int attempt) {
    return new TaskId("PM-" + position + "-" + level + "-" + attempt);
  }

  /**
   * A close that a person asks for.
   *
   * @param position its id
   * @param attempt how many closes of the position have ended before
   */
  public static TaskId ofHand(String position, int attempt) {
    return new TaskId(BY_HAND + position + "-" + attempt);
  }

  /** Whether a person asked for it, of a close. */
  public boolean isByHand() {
    return text.startsWith(BY_HAND);
  }

  /** The id under which an exchange gets the order. */
  public ClientOrderId clientOrderId() {
    return ClientOrderId.ofTask(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
