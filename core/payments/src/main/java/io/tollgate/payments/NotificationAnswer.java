package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

/** An answer to a notification, as the channel wants it. */
public record NotificationAnswer(int status, String contentType, String body) {
  public NotificationAnswer {
    requireNonNull(contentType, "contentType is null");
    requireNonNull(body, "body is null");
  }

  public static NotificationAnswer json(int status, String body) {
    return new NotificationAnswer(status, "application/json", body);
  }

  public static NotificationAnswer text(int status, String body) {
    return new NotificationAnswer(status, "text/plain; charset=utf-8", body);
  }
}
