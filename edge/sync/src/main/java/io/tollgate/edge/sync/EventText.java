package io.tollgate.edge.sync;

import io.tollgate.data.DeliveredEvent;
import io.tollgate.web.Json;

/** Events of users as JSON. */
final class EventText {
  private EventText() {}

  /** Who, what and when, the fields, and the fields again below {@code data}. */
  static String whole(DeliveredEvent event, String externalId) {
    String fields = event.event().fields();
    return "{\"id\":\""
        + event.id()
        + "\",\"type\":"
        + quoted(event.event().type())
        + ",\"user_id\":"
        + quoted(externalId)
        + ",\"tenant_id\":"
        + event.event().tenant()
        + ",\"timestamp\":\""
        + event.createdAt()
        + "\",\"version\":"
        + event.version()
        + more(fields)
        + ",\"data\":"
        + fields
        + "}";
  }

  static String quoted(String text) {
    return Json.MAPPER.writeValueAsString(text);
  }

  /** The fields of an object, to be written after others. */
  static String more(String object) {
    String fields = object.substring(1, object.length() - 1).strip();
    return fields.isEmpty() ? "" : "," + fields;
  }
}
