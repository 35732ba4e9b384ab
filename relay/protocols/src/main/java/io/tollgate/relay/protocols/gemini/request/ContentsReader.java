package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;

/**
 * Finds what counts as input in contents, and refuses what is none. Every string counts, wherever
 * it is, unless its name says that it is framing; what is not text counts by rule of thumb, see
 * {@link MediaTokens}.
 */
final class ContentsReader {
  static final int REQUEST_TOKENS = 3;
  static final int CONTENT_TOKENS = 4;

  private static final JsonNames<ContentMember> CONTENT =
      new JsonNames.Builder<ContentMember>()
          .add(ContentMember.ROLE, "role")
          .add(ContentMember.PARTS, "parts")
          .build();

  private static final JsonNames<Boolean> ROLES =
      new JsonNames.Builder<Boolean>()
          .add(true, "model")
          .add(false, "user", "function", "")
          .build();

  private final JsonScanner scanner;
  private final InputText.Collector input;
  private final PartReader parts;

  ContentsReader(JsonScanner scanner, byte[] body, InputText.Collector input, GeminiFields fields) {
    this.scanner = scanner;
    this.input = input;
    this.parts = new PartReader(scanner, body, input, fields);
  }

  private enum ContentMember {
    ROLE,
    PARTS
  }

  /** Reads the conversation; one content stands for a list of one. */
  void contents(JsonToken first) {
    input.tokens(REQUEST_TOKENS);
    switch (first) {
      case OBJECT_START -> {
        if (content("contents", true)) {
          input.opened();
        }
      }
      case ARRAY_START -> {
        int count = 0;
        for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
          String path = "contents[" + count + "]";
          if (next != JsonToken.OBJECT_START) {
            throw RequestFault.of(path, BodyScan.name(next) + " (expected: a content, an object)");
          }
          boolean said = content(path, true);
          if (said) {
            input.opened();
          }
          count++;
        }
        if (count == 0) {
          throw RequestFault.of("contents", "empty (expected: at least one content)");
        }
      }
      case OBJECT_END, ARRAY_END, NAME, STRING, NUMBER, TRUE, FALSE, NULL, END ->
          throw RequestFault.of(
              "contents", BodyScan.name(first) + " (expected: an array of contents)");
    }
  }

  /** Reads what stands before the conversation. */
  void system(JsonToken first) {
    if (first != JsonToken.OBJECT_START) {
      throw RequestFault.of(
          "systemInstruction", BodyScan.name(first) + " (expected: a content, an object)");
    }
    var unused = content("systemInstruction", false);
  }

  /** Whether it is the user's. */
  private boolean content(String path, boolean roleMatters) {
    input.tokens(CONTENT_TOKENS);
    boolean any = false;
    boolean model = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      ContentMember member = CONTENT.find(scanner);
      JsonToken value = scanner.next();
      if (member == ContentMember.PARTS && value != JsonToken.NULL) {
        any |= parts(path, value);
      } else if (member == ContentMember.ROLE && value != JsonToken.NULL && roleMatters) {
        model = role(path, value);
      } else {
        scanner.skipRest(value);
      }
    }
    if (!any) {
      throw RequestFault.of(path + ".parts", "missing or empty (expected: at least one part)");
    }
    return !model;
  }

  /** Whether it is the model's. */
  private boolean role(String path, JsonToken value) {
    Boolean model = value == JsonToken.STRING ? ROLES.find(scanner) : null;
    if (model == null) {
      throw RequestFault.of(path + ".role", given(value) + " (expected: \"user\" or \"model\")");
    }
    return model;
  }

  private String given(JsonToken value) {
    if (value != JsonToken.STRING) {
      return BodyScan.name(value);
    }
    return scanner.end() - scanner.start() > 64 ? "a long string" : '"' + scanner.text() + '"';
  }

  private boolean parts(String path, JsonToken first) {
    if (first == JsonToken.OBJECT_START) {
      parts.read(path + ".parts");
      return true;
    }
    if (first != JsonToken.ARRAY_START) {
      throw RequestFault.of(
          path + ".parts", BodyScan.name(first) + " (expected: an array of parts)");
    }
    int count = 0;
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      if (next != JsonToken.OBJECT_START) {
        throw RequestFault.of(
            path + ".parts[" + count + "]", BodyScan.name(next) + " (expected: a part, an object)");
      }
      parts.read(path, count);
      count++;
    }
    return count > 0;
  }
}
