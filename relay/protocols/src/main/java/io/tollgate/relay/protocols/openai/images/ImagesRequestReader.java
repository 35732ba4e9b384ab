package io.tollgate.relay.protocols.openai.images;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.pieces.PieceCall;
import io.tollgate.relay.protocols.internal.pieces.PieceRequest;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a request in one pass. Used once. */
final class ImagesRequestReader {
  /** What OpenAI takes where a request names no model. */
  static final String USUAL_MODEL = "dall-e-2";

  private static final int MAX_WORD_BYTES = 64;
  static final int MAX_INPUTS = 16;
  private static final JsonNames<Field> FIELDS = fields();

  private final ImageKind kind;
  private final byte[] body;
  private final OpenAiErrors errors;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final InputText.Collector input;
  private final Set<Field> seen = EnumSet.noneOf(Field.class);
  private String model = USUAL_MODEL;
  private String size = "";
  private String quality = "";
  private int modelFrom = -1;
  private int modelTo = -1;
  private int count = 1;
  private int partial;
  private int inputs;
  private boolean stream;

  private enum Field {
    MODEL("model"),
    PROMPT("prompt"),
    COUNT("n"),
    SIZE("size"),
    QUALITY("quality"),
    STREAM("stream"),
    PARTIAL("partial_images"),
    IMAGES("images");

    private final String written;

    Field(String written) {
      this.written = written;
    }
  }

  ImagesRequestReader(ImageKind kind, byte[] body, OpenAiErrors errors) {
    this.kind = requireNonNull(kind, "kind is null");
    this.body = requireNonNull(body, "body is null");
    this.errors = requireNonNull(errors, "errors is null");
    this.scanner = new JsonScanner(body, 0, body.length);
    this.values = new ParameterValues(body, scanner);
    this.input = new InputText.Collector(body);
  }

  private static JsonNames<Field> fields() {
    JsonNames.Builder<Field> names = new JsonNames.Builder<>();
    for (Field field : Field.values()) {
      names.add(field, field.written);
    }
    return names.build();
  }

  PieceRequest read() {
    int objectFrom;
    try {
      values.openObject();
      objectFrom = scanner.end();
      while (scanner.next() != JsonToken.OBJECT_END) {
        Field field = FIELDS.find(scanner);
        if (field == null) {
          scanner.skipValue();
          continue;
        }
        if (!seen.add(field)) {
          throw RequestFault.of(field.written, "given twice (expected: once)");
        }
        read(field, scanner.next());
      }
      scanner.next();
    } catch (JsonFault e) {
      throw values.malformed(e);
    }
    require(Field.PROMPT, "a text");
    if (kind == ImageKind.EDITS) {
      require(Field.IMAGES, "an array of at least one picture");
    }
    AskedImages asked = new AskedImages(count, size, quality, stream ? partial : 0, inputs);
    return new PieceRequest(
        body,
        model,
        new PieceRequest.ModelPlace(modelFrom, modelTo, objectFrom),
        input.collected(),
        asked.units(),
        count,
        OptionalLong.of(asked.outputTokens()),
        stream,
        inputs > 0,
        sent -> new PieceCall(kind.path(), sent, errors));
  }

  private void require(Field field, String expected) {
    if (!seen.contains(field)) {
      throw RequestFault.of(field.written, "missing (expected: " + expected + ")");
    }
  }

  private void read(Field field, JsonToken token) {
    switch (field) {
      case MODEL -> {
        model = values.model(token);
        modelFrom = scanner.start() - 1;
        modelTo = scanner.end() + 1;
      }
      case PROMPT -> readPrompt(token);
      case COUNT -> count = values.whole(field.written, token, 1, AskedImages.MAX_COUNT, 1);
      case SIZE -> size = word(field.written, token);
      case QUALITY -> quality = word(field.written, token);
      case STREAM -> stream = ParameterValues.flag(field.written, token);
      case PARTIAL -> partial = values.whole(field.written, token, 0, AskedImages.MAX_PARTIAL, 0);
      case IMAGES -> readImages(token);
    }
  }

  private void readPrompt(JsonToken token) {
    if (token != JsonToken.STRING) {
      throw RequestFault.of("prompt", ParameterValues.name(token) + " (expected: a text)");
    }
    if (scanner.start() == scanner.end()) {
      throw RequestFault.of("prompt", "empty (expected: a text of at least one character)");
    }
    input.text(scanner.start(), scanner.end(), scanner.escaped());
  }

  /** A word of the provider's; null is as if it were not given. */
  private String word(String parameter, JsonToken token) {
    if (token == JsonToken.NULL) {
      return "";
    }
    if (token != JsonToken.STRING) {
      throw RequestFault.of(parameter, ParameterValues.name(token) + " (expected: a word)");
    }
    int bytes = scanner.end() - scanner.start();
    if (bytes > MAX_WORD_BYTES) {
      throw RequestFault.of(
          parameter, bytes + " characters (expected: at most " + MAX_WORD_BYTES + ")");
    }
    return scanner.text();
  }

  private void readImages(JsonToken token) {
    if (kind != ImageKind.EDITS) {
      scanner.skipRest(token);
      return;
    }
    if (token != JsonToken.ARRAY_START) {
      throw RequestFault.of(
          "images", ParameterValues.name(token) + " (expected: an array of pictures)");
    }
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      if (next != JsonToken.OBJECT_START) {
        throw RequestFault.of(
            "images[" + inputs + "]",
            ParameterValues.name(next) + " (expected: an object with image_url or file_id)");
      }
      scanner.skipRest(next);
      inputs++;
    }
    if (inputs == 0 || inputs > MAX_INPUTS) {
      throw RequestFault.of("images", inputs + " of them (expected: 1 to " + MAX_INPUTS + ")");
    }
  }
}
