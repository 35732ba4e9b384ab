package io.tollgate.sandbox.internal.images;

import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import java.util.Base64;

/** Images as they are told, in a document or in events. */
final class ImageReply {
  private final ImageRequest request;
  private final Usage usage;
  private final boolean told;
  private final String event;
  private final String origin;

  /**
   * The reply.
   *
   * @param told whether usage is told
   * @param event what the events are called by
   * @param origin where images can be fetched
   */
  ImageReply(ImageRequest request, Usage usage, boolean told, String event, String origin) {
    this.request = request;
    this.usage = usage;
    this.told = told;
    this.event = event;
    this.origin = origin;
  }

  Reply reply() {
    return new Reply(
        request.model(),
        usage,
        stamp ->
            request.stream()
                ? new Outgoing.Streamed(new Events(stamp.seconds()))
                : Outgoing.json(document(stamp.seconds())));
  }

  private String document(long seconds) {
    StringBuilder json = new StringBuilder(4096).append("{\"created\":").append(seconds);
    if (request.byTokens()) {
      traits(json);
    }
    json.append(",\"data\":[");
    for (int index = 0; index < request.count(); index++) {
      json.append(index == 0 ? "{" : ",{");
      if (request.asUrl()) {
        json.append("\"url\":\"").append(origin).append("/images/");
        json.append(request.width()).append('x').append(request.height()).append('-');
        json.append(Long.toHexString(request.seed(index))).append(".png\"");
      } else {
        json.append("\"b64_json\":\"").append(picture(index)).append('"');
      }
      json.append('}');
    }
    json.append(']');
    usage(json);
    return json.append('}').toString();
  }

  private String picture(int index) {
    return Base64.getEncoder()
        .encodeToString(Png.of(request.seed(index), request.width(), request.height()));
  }

  private void traits(StringBuilder json) {
    json.append(",\"background\":\"opaque\",\"output_format\":\"png\",\"quality\":\"");
    json.append(request.quality().equals("auto") ? "medium" : request.quality());
    json.append("\",\"size\":\"").append(request.width()).append('x').append(request.height());
    json.append('"');
  }

  private void usage(StringBuilder json) {
    if (!told || !request.byTokens()) {
      return;
    }
    long images = usage.get(Kind.IMAGE_INPUT_TOKENS);
    json.append(",\"usage\":{\"total_tokens\":").append(usage.input() + usage.output());
    json.append(",\"input_tokens\":").append(usage.input());
    json.append(",\"output_tokens\":").append(usage.output());
    json.append(",\"input_tokens_details\":{\"text_tokens\":").append(usage.input() - images);
    json.append(",\"image_tokens\":").append(images);
    json.append("},\"output_tokens_details\":{\"text_tokens\":0,\"image_tokens\":");
    json.append(usage.get(Kind.IMAGE_OUTPUT_TOKENS)).append("}}");
  }

  /** One image on its way, and finished. */
  private final class Events implements Frames {
    private final long seconds;

    Events(long seconds) {
      this.seconds = seconds;
    }

    @Override
    public int steps() {
      return request.partial() + 1;
    }

    @Override
    public void opening(StringBuilder out) {
      // nothing comes before the first picture
    }

    @Override
    public void step(StringBuilder out, int step) {
      boolean last = step == request.partial();
      String type = event + (last ? ".completed" : ".partial_image");
      out.append("event: ").append(type).append("\ndata: {\"type\":\"").append(type);
      out.append("\",\"b64_json\":\"").append(picture(last ? 0 : step + 1));
      out.append("\",\"created_at\":").append(seconds);
      traits(out);
      if (last) {
        usage(out);
      } else {
        out.append(",\"partial_image_index\":").append(step);
      }
      out.append("}\n\n");
    }

    @Override
    public void ending(StringBuilder out) {
      // the finished picture ends it
    }

    @Override
    public Usage delivered(int steps) {
      return steps > request.partial() ? usage : usage.prompt();
    }
  }
}
