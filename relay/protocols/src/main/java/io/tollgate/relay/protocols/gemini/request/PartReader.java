package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.tokens.Base64Text;

/** Counts the parts of contents as they are read, and checks the little that must be so. */
final class PartReader {
  private static final JsonNames<Meaning> MEANINGS =
      new JsonNames.Builder<Meaning>()
          .add(Meaning.TEXT, "text")
          .add(Meaning.SIGNATURE, BothCases.of("thoughtSignature"))
          .add(Meaning.CALL, BothCases.of("functionCall"))
          .add(Meaning.RESPONSE, BothCases.of("functionResponse"))
          .add(Meaning.INLINE, BothCases.of("inlineData"))
          .add(Meaning.FILE, BothCases.of("fileData"))
          .add(Meaning.ANYTHING, BothCases.ofAll("executableCode", "codeExecutionResult"))
          .build();

  private static final JsonNames<Inside> INSIDE =
      new JsonNames.Builder<Inside>()
          .add(Inside.FRAMING, "id", "role", "type")
          .add(Inside.FRAMING, BothCases.ofAll("mimeType", "displayName", "thoughtSignature"))
          .add(Inside.DATA, "data", "b64_json", "bytes", "image")
          .add(Inside.INLINE, BothCases.of("inlineData"))
          .add(Inside.ELSEWHERE, BothCases.ofAll("fileData", "fileUri"))
          .build();

  private static final JsonNames<Boolean> INLINE =
      new JsonNames.Builder<Boolean>()
          .add(true, "data")
          .add(false, BothCases.of("mimeType"))
          .build();

  private final JsonScanner scanner;
  private final byte[] body;
  private final InputText.Collector input;
  private final GeminiFields fields;
  private boolean called;

  PartReader(JsonScanner scanner, byte[] body, InputText.Collector input, GeminiFields fields) {
    this.scanner = scanner;
    this.body = body;
    this.input = input;
    this.fields = fields;
  }

  /** What a member of a part is. */
  private enum Meaning {
    TEXT,
    SIGNATURE,
    CALL,
    RESPONSE,
    INLINE,
    FILE,
    ANYTHING
  }

  /** What a member deeper inside of it is. */
  private enum Inside {
    FRAMING,
    DATA,
    INLINE,
    ELSEWHERE
  }

  void read(String content, int index) {
    read(content + ".parts[" + index + "]");
  }

  /** Reads to the end of the object whose start was just returned. */
  void read(String path) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      Meaning meaning = MEANINGS.find(scanner);
      JsonToken value = scanner.next();
      if (meaning == null || value == JsonToken.NULL) {
        scanner.skipRest(value);
        continue;
      }
      switch (meaning) {
        case TEXT -> text(path, value);
        case SIGNATURE -> signature(value);
        case CALL -> {
          called = true;
          object(path + ".functionCall", value);
        }
        case RESPONSE -> {
          if (!called) {
            throw RequestFault.of(
                path + ".functionResponse",
                "answers no call (expected: a functionCall of the model before it)");
          }
          object(path + ".functionResponse", value);
        }
        case INLINE -> {
          requireObject(path + ".inlineData", value);
          inline(path + ".inlineData");
        }
        case FILE -> {
          requireObject(path + ".fileData", value);
          scanner.skipRest(value);
          fields.inputElsewhere = true;
          input.tokens(MediaTokens.IMAGE);
        }
        case ANYTHING -> strings(path, value);
      }
    }
  }

  private void text(String path, JsonToken value) {
    if (value != JsonToken.STRING) {
      throw RequestFault.of(path + ".text", BodyScan.name(value) + " (expected: a string)");
    }
    counted();
  }

  private void signature(JsonToken value) {
    if (value == JsonToken.STRING && SignatureText.isForeign(JsonString.of(scanner, body))) {
      fields.foreignSignature(scanner.start(), scanner.end());
    }
    scanner.skipRest(value);
  }

  private void object(String path, JsonToken value) {
    requireObject(path, value);
    strings(path, value);
  }

  private static void requireObject(String path, JsonToken value) {
    if (value != JsonToken.OBJECT_START) {
      throw RequestFault.of(path, BodyScan.name(value) + " (expected: an object)");
    }
  }

  /** Counts every string of the value whose first token is given. */
  private void strings(String path, JsonToken first) {
    if (first == JsonToken.STRING) {
      counted();
    }
    if (first != JsonToken.OBJECT_START && first != JsonToken.ARRAY_START) {
      return;
    }
    int outside = scanner.depth() - 1;
    while (scanner.depth() > outside) {
      JsonToken token = scanner.next();
      if (token == JsonToken.STRING) {
        counted();
      } else if (token == JsonToken.NAME) {
        member(path);
      }
    }
  }

  private void member(String path) {
    Inside inside = INSIDE.find(scanner);
    if (inside == null) {
      return;
    }
    JsonToken value = scanner.next();
    switch (inside) {
      case FRAMING -> {
        if (value != JsonToken.STRING) {
          strings(path, value);
        }
      }
      case DATA -> {
        if (value == JsonToken.STRING
            && Base64Text.isBase64(body, scanner.start(), scanner.end())) {
          input.tokens(MediaTokens.IMAGE);
        } else {
          strings(path, value);
        }
      }
      case INLINE -> {
        if (value == JsonToken.OBJECT_START) {
          inline(path + ".inlineData");
        } else {
          strings(path, value);
        }
      }
      case ELSEWHERE -> {
        fields.inputElsewhere = true;
        strings(path, value);
      }
    }
  }

  private void counted() {
    int from = scanner.start();
    int to = scanner.end();
    if (Base64Text.isDataUrl(body, from, to)) {
      input.tokens(MediaTokens.IMAGE);
    } else {
      input.text(from, to, scanner.escaped());
    }
  }

  /** Reads to the end of the object whose start was just returned: a type, and base64 of it. */
  private void inline(String path) {
    String type = "";
    long characters = -1;
    while (scanner.next() != JsonToken.OBJECT_END) {
      Boolean data = INLINE.find(scanner);
      JsonToken value = scanner.next();
      if (data == null || value == JsonToken.NULL) {
        scanner.skipRest(value);
      } else if (value != JsonToken.STRING) {
        throw RequestFault.of(
            path + (data ? ".data" : ".mimeType"), BodyScan.name(value) + " (expected: a string)");
      } else if (data) {
        Base64Words.require(JsonString.of(scanner, body), path + ".data");
        characters = scanner.end() - scanner.start();
      } else {
        type = scanner.end() - scanner.start() > 256 ? "" : scanner.text();
      }
    }
    if (characters < 0) {
      throw RequestFault.of(path + ".data", "missing (expected: base64)");
    }
    input.tokens(MediaTokens.of(type, characters));
  }
}
