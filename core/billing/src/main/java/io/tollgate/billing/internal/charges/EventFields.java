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

  /** As it is written beside whose it is. */
  String json(Subject subject) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("user_id", subject.user());
    all.put("tenant_id", subject.tenant());
    all.putAll(fields);
    return new String(Json.write(all), StandardCharsets.UTF_8);
  }
}
