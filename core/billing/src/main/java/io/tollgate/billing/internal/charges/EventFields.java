package io.tollgate.billing.internal.charges;

import io.tollgate.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of an event, in their order. */
final class EventFields {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  static EventFields of() {
    return new EventFields();
  }

  EventFields with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  String json() {
    return new String(Json.write(fields), StandardCharsets.UTF_8);
  }
}
