package io.tollgate.sandbox.internal.images;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.forms.Form;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** {@code /v1/images/generations} and {@code /v1/images/edits}. */
public final class ImageRoutes {
  private static final int MAX_IMAGES = 10;
  private static final int MAX_INPUTS = 16;
  private static final int MAX_PARTIAL = 3;
  private static final List<String> FORMATS = List.of("url", "b64_json");
  private static final Pattern FILE =
      Pattern.compile("(\\d{3,4})x(\\d{3,4})-([0-9a-f]{1,16})\\.png");

  private final TokenCounter counter;

  private ImageRoutes(TokenCounter counter) {
    this.counter = counter;
  }

  /** Adds them. */
  public static void add(Routes routes) {
    ImageRoutes own = new ImageRoutes(routes.site().counter());
    routes.counted(HttpMethod.POST, "/v1/images/generations", OPENAI, own::generate);
    routes.counted(HttpMethod.POST, "/v1/images/edits", OPENAI, own::edit);
    routes.open(HttpMethod.GET, "/images/{}", OPENAI, ImageRoutes::fetch);
  }

  private Reply generate(Asked asked, Steering steering) {
    JsonNode root = JsonBody.object(asked.body());
    String model =
        Models.checked(JsonFields.optionalText(root, "model", "model").orElse("dall-e-2"));
    onlyPng(JsonFields.optionalText(root, "output_format", "output_format").orElse("png"));
    ImageRequest request =
        new ImageRequest(
            model,
            JsonFields.text(root, "prompt", "prompt"),
            JsonFields.integer(root, "n", 1, MAX_IMAGES).orElse(1),
            JsonFields.word(root, "size", "size", ImageRequest.SIZES),
            JsonFields.word(root, "quality", "quality", ImageRequest.QUALITIES),
            asUrl(
                model,
                JsonFields.present(root, "response_format").isPresent(),
                JsonFields.word(root, "response_format", "response_format", FORMATS)),
            0,
            JsonFields.flag(root, "stream"),
            JsonFields.integer(root, "partial_images", 0, MAX_PARTIAL).orElse(0));
    return reply(request, asked, steering, "image_generation");
  }

  private Reply edit(Asked asked, Steering steering) {
    Form form = Form.of(asked);
    String model = Models.checked(form.text("model").orElse("dall-e-2"));
    List<Form.Part> pictures = form.files("image");
    if (pictures.isEmpty() || pictures.size() > MAX_INPUTS) {
      throw Problem.invalid(
          "image",
          "missing_required_parameter",
          "'image': " + pictures.size() + " files (expected: 1.." + MAX_INPUTS + ").");
    }
    for (Form.Part picture : pictures) {
      if (!Png.isPicture(picture.bytes())) {
        throw Problem.invalid(
            "image", "invalid_image_file", "Invalid image file (expected: PNG, JPEG or WebP).");
      }
    }
    onlyPng(form.text("output_format").orElse("png"));
    ImageRequest request =
        new ImageRequest(
            model,
            form.required("prompt"),
            form.integer("n", 1, MAX_IMAGES).orElse(1),
            form.word("size", ImageRequest.SIZES),
            form.word("quality", ImageRequest.QUALITIES),
            asUrl(
                model,
                form.text("response_format").isPresent(),
                form.word("response_format", FORMATS)),
            pictures.size() + form.files("mask").size(),
            form.text("stream").orElse("false").equals("true"),
            form.integer("partial_images", 0, MAX_PARTIAL).orElse(0));
    return reply(request, asked, steering, "image_edit");
  }

  private static boolean asUrl(String model, boolean given, String format) {
    return given ? format.equals("url") : !ImageRequest.byTokens(model);
  }

  private static void onlyPng(String format) {
    if (!format.equals("png")) {
      throw Problem.invalid(
          "output_format", "The sandbox makes no " + format + " (expected: png).");
    }
  }

  private Reply reply(ImageRequest request, Asked asked, Steering steering, String event) {
    return new ImageReply(
            request,
            request.usage(counter),
            !steering.has(Key.NO_USAGE),
            event,
            "http://" + asked.header("Host").orElse("127.0.0.1"))
        .reply();
  }

  private static void fetch(HttpServerRequest request, String name) {
    Matcher file = FILE.matcher(name);
    if (!file.matches()) {
      throw Problem.missing("", "There is no image of this name.");
    }
    byte[] png =
        Png.of(
            Long.parseUnsignedLong(file.group(3), 16),
            Math.clamp(Integer.parseInt(file.group(1)), 1, 2048),
            Math.clamp(Integer.parseInt(file.group(2)), 1, 2048));
    request.response().putHeader("Content-Type", "image/png").end(Buffer.buffer(png));
  }
}
