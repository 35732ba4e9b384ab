package io.tollgate.data;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Tells whether a statement failed because the row was there already. */
public final class UniqueViolation {
  private static final String STATE = "23505";
  private static final int DEEPEST = 20;

  private UniqueViolation() {}

  public static boolean isIn(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && causes.size() < DEEPEST;
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes.stream()
        .anyMatch(cause -> cause instanceof SQLException sql && STATE.equals(sql.getSQLState()));
  }
}
