package io.tollgate.relay.protocols.responses.request;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Edits single values of a body, so that every other byte stays as the caller sent it. */
final class UpstreamBody {
  private UpstreamBody() {}

  static byte[] of(byte[] body, ResponsesFields fields, String upstreamModel) {
    boolean renamed = !upstreamModel.equals(fields.model());
    if (!renamed && fields.foreign.isEmpty()) {
      return body;
    }
    ByteSink out = new ByteSink();
    int modelFrom = renamed ? fields.from(ResponsesParameter.MODEL) : body.length;
    int at = 0;
    for (ResponsesFields.Cut cut : fields.foreign) {
      if (modelFrom < cut.from()) {
        at = rename(body, at, fields, upstreamModel, out);
        modelFrom = body.length;
      }
      out.add(body, at, cut.from());
      at = cut.to();
    }
    if (modelFrom < body.length) {
      at = rename(body, at, fields, upstreamModel, out);
    }
    out.add(body, at, body.length);
    return out.take();
  }

  private static int rename(
      byte[] body, int at, ResponsesFields fields, String upstreamModel, ByteSink out) {
    out.add(body, at, fields.from(ResponsesParameter.MODEL));
    byte[] name = JsonText.quote(upstreamModel).getBytes(StandardCharsets.UTF_8);
    out.add(name, 0, name.length);
    return fields.to(ResponsesParameter.MODEL);
  }
}
