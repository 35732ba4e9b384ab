package io.tollgate.billing.internal.callers;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Json;
import io.tollgate.web.Response;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** In which form the billing interface answers: plain, or as older clients expect it. */
public enum BillingForm {
  /** The answer itself, in snake_case. */
  PLAIN {
    @Override
    public Response answer(Object answer) {
      return Response.json(200, answer);
    }

    @Override
    public ErrorForm errors() {
      return ErrorForms.standard();
    }
  },
  /** {@code {"success":true,"data":{…}}} in camelCase; without means the status is 400. */
  WRAPPED {
    @Override
    public Response answer(Object answer) {
      Map<String, Object> wrapped = new LinkedHashMap<>();
      wrapped.put("success", true);
      wrapped.put("data", answer);
      return Response.text(
          200,
          "application/json",
          new String(CAMEL_CASE.writeValueAsBytes(wrapped), StandardCharsets.UTF_8));
    }

    @Override
    public ErrorForm errors() {
      return BillingForm::wrapped;
    }
  };

  private static final JsonMapper CAMEL_CASE =
      Json.MAPPER
          .rebuild()
          .propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
          .build();

  /** An answer that is no error. */
  public abstract Response answer(Object answer);

  public abstract ErrorForm errors();

  private static Response wrapped(Refusal refusal, String requestId) {
    requireNonNull(refusal, "refusal is null");
    boolean noMeans = refusal.code() == ErrorCode.INSUFFICIENT_MEANS;
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("success", false);
    fields.put("error", noMeans ? "insufficient balance" : refusal.sentence());
    fields.put("code", refusal.code().name());
    fields.put("details", refusal.details().orElse(null));
    fields.put("requestId", requestId);
    return Response.json(noMeans ? 400 : refusal.code().httpStatus(), fields);
  }
}
